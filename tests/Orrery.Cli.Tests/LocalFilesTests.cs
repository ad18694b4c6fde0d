using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

/// <summary>Files beside a workload travel with it.</summary>
public sealed class LocalFilesTests : IDisposable
{
    private const string Kept = """{"contentId":"sha256-00","sha256":"00","size_bytes":4}""";

    private readonly string folder = Directory.CreateTempSubdirectory("orrery-files-").FullName;
    private readonly FakeServer server = new FakeServer().On("POST /v1/workloads", Answers.Submitted, HttpStatusCode.Accepted)
        .On("POST /v1/artifacts", Kept, HttpStatusCode.Created).On("POST /v1/satellites", """{"added":1,"updated":0,"ignored":0}""");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Scripts_inputs_and_elements_become_what_the_server_knows()
    {
        Put("run.py", "#!/usr/bin/python3\nprint(1)\n");
        Put("model.pt", "data");
        Put("sats.tle", "the lines");
        (await Submit("""{"placement":{"elements_file":"sats.tle","satellites":[1]},"program":{"command_file":"run.py","inputs":[{"name":"m","file":"model.pt"},{"name":"n","contentId":"sha256-11"}]}}""")).ShouldBe(ExitCodes.Ok);
        server.Calls.Select(call => call.Line).ShouldBe(["POST /v1/artifacts", "POST /v1/satellites", "POST /v1/workloads"]);
        (server.Calls[0].Body, server.Calls[1].Body).ShouldBe(("data", "the lines"));
        var sent = JsonDocument.Parse(server.Calls[2].Body).RootElement;
        sent.GetProperty("placement").GetRawText().ShouldBe("""{"satellites":[1]}""");
        var program = sent.GetProperty("program");
        Encoding.UTF8.GetString(program.GetProperty("entry_point").GetBytesFromBase64()).ShouldContain("exec /usr/bin/python3");
        program.GetProperty("inputs").GetRawText().ShouldBe("""[{"name":"m","contentId":"sha256-00"},{"name":"n","contentId":"sha256-11"}]""");
        program.TryGetProperty("command_file", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"program":{"command_file":"none.py"}}""", "none.py")]
    [InlineData("""{"program":{"command_file":7}}""", "command_file")]
    [InlineData("""{"program":{"command_file":"a","entry_point":"b"}}""", "one source")]
    [InlineData("""{"program":{"inputs":[{"name":"a","file":"none"}]}}""", "none")]
    [InlineData("""{"program":{"inputs":[{"name":"a","file":"b","contentId":"c"}]}}""", "one content")]
    [InlineData("""{"placement":{"elements_file":"none.tle"}}""", "none.tle")]
    public async Task What_is_not_there_is_told_and_nothing_is_sent(string workload, string said)
    {
        var line = new CommandLine(server);
        Put("workload.json", workload);
        (await line.Run("jobs", "submit", "--file", Path.Combine(folder, "workload.json"))).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain(said);
        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_is_brought_by_hand_too()
    {
        Put("model.pt", "data");
        var line = new CommandLine(server);
        (await line.Run("jobs", "bring", Path.Combine(folder, "model.pt"))).ShouldBe(ExitCodes.Ok);
        line.Output.ShouldContain("sha256-00");
        server.Calls.ShouldHaveSingleItem().Body.ShouldBe("data");
    }

    private Task<int> Submit(string workload)
    {
        Put("workload.json", workload);
        return new CommandLine(server).Run("jobs", "submit", "--file", Path.Combine(folder, "workload.json"));
    }

    private void Put(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
