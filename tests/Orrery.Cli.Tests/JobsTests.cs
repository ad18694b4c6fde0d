using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class JobsTests
{
    private static readonly string Documented = Path.Combine(Examples.Folder, "model-parallel.json");

    [Fact]
    public async Task Preview_shows_verdict_price_plan_and_notes()
    {
        var server = new FakeServer().On("POST /v1/workloads/preview", Answers.Preview);
        var line = new CommandLine(server);
        (await line.Run("jobs", "preview", "--file", Documented)).ShouldBe(ExitCodes.Ok);
        foreach (var part in new[]
        {
            "feasible", "3 candidates", "not ISL-bound", "450 OCU", "5,400 cents", "1 h 10 min", "lower bound 12.0 s", "embed (33", "48274 → svalbard → 25544",
            "48274-svalbard-1", "the largest layers are split evenly", "f00d",
        })
            line.Output.ShouldContain(part);
        line.Error.ShouldBeEmpty();
        server.Calls[0].Body.ShouldBe((await File.ReadAllTextAsync(Documented, TestContext.Current.CancellationToken)).Trim());
    }

    [Fact]
    public async Task An_infeasible_preview_says_what_would_help()
    {
        var line = new CommandLine(new FakeServer().On("POST /v1/workloads/preview", Answers.Infeasible)) { Input = "{}" };
        (await line.Run("jobs", "preview", "--file", "-")).ShouldBe(ExitCodes.Infeasible);
        line.Output.ShouldContain("no_contact");
        line.Output.ShouldContain("a longer horizon_h would help. (horizon_h 12)");
    }

    [Fact]
    public async Task Json_is_the_servers_answer_with_indents()
    {
        var line = new CommandLine(new FakeServer().On("POST /v1/workloads/preview", Answers.Preview)) { Input = "{}" };
        (await line.Run("jobs", "preview", "--file", "-", "--json")).ShouldBe(ExitCodes.Ok);
        line.Output.ShouldStartWith("{\n  \"kind\"");
        JsonElement.DeepEquals(JsonDocument.Parse(line.Output).RootElement, JsonDocument.Parse(Answers.Preview).RootElement).ShouldBeTrue();
    }

    [Fact]
    public async Task Submit_prints_the_id_and_its_key_is_repeatable()
    {
        var server = new FakeServer().On("POST /v1/workloads", Answers.Submitted, HttpStatusCode.Accepted);
        var line = new CommandLine(server) { Input = """{"mode":"simulated"}""" };
        (await line.Run("jobs", "submit", "--file", "-")).ShouldBe(ExitCodes.Ok);
        line.Output.ShouldContain("wl_1");
        server.Calls[0].Body.ShouldBe("""{"mode":"simulated"}""");
    }

    [Fact]
    public async Task An_infeasible_submit_exits_with_3_and_its_reasons()
    {
        var details = """[{"code":"elements_expired","message":"Import newer elements.","numbers":{}}]""";
        var server = new FakeServer().On("POST /v1/workloads", Answers.Problem("infeasible", "No plan.", details), HttpStatusCode.UnprocessableEntity);
        var line = new CommandLine(server) { Input = "{}" };
        (await line.Run("jobs", "submit", "--file", "-")).ShouldBe(ExitCodes.Infeasible);
        line.Error.ShouldContain("elements_expired: Import newer elements.");
    }

    [Fact]
    public async Task Get_stages_and_cancel_work_as_documented()
    {
        var server = new FakeServer()
            .On("GET /v1/workloads/wl_1", Answers.Workload("done"))
            .On("GET /v1/workloads/wl_1/stages", Answers.Stages)
            .On("POST /v1/workloads/wl_1/cancel", """{"id":"wl_1","status":"canceled"}""");
        var line = new CommandLine(server);
        (await line.Run("jobs", "get", "wl_1")).ShouldBe(ExitCodes.Ok);
        (await line.Run("jobs", "stages", "wl_1")).ShouldBe(ExitCodes.Ok);
        (await line.Run("jobs", "cancel", "wl_1")).ShouldBe(ExitCodes.Ok);
        foreach (var part in new[] { "demo · wl_1", "2 of 2 done", "1 min 15 s (planned 1 min 10 s)", "CSS (TIANHE) · 48274", "waiting_for_agent", "wl_1 canceled" })
            line.Output.ShouldContain(part);
    }

    [Fact]
    public async Task List_filters_and_says_how_to_get_more()
    {
        var server = new FakeServer().On(
            "GET /v1/workloads", $$"""{"data":[{{Answers.Workload("done")}}],"total":3,"limit":1,"offset":0,"has_more":true}""");
        var line = new CommandLine(server);
        (await line.Run("jobs", "list", "--phase", "done", "--limit", "1")).ShouldBe(ExitCodes.Ok);
        server.Calls[0].Line.ShouldBe("GET /v1/workloads?phase=done&limit=1&offset=0");
        line.Output.ShouldContain("1 of 3; more with --offset 1");
    }

    [Fact]
    public async Task Events_are_a_table()
    {
        var server = new FakeServer().On(
            "GET /v1/workloads/wl_1/events",
            $$"""{"id":"wl_1","events":[{{Answers.Event(1, "step.progress", """{"percent":25}""")}}],"last_seq":1,"has_more":true}""");
        var line = new CommandLine(server);
        (await line.Run("jobs", "events", "wl_1")).ShouldBe(ExitCodes.Ok);
        line.Output.ShouldContain("percent=25");
        line.Output.ShouldContain("More with --after-seq 1");
    }

    [Fact]
    public async Task Artifacts_are_downloaded_by_their_stage()
    {
        var folder = Directory.CreateTempSubdirectory("orrery-cli-");
        var server = new FakeServer()
            .On("GET /v1/workloads/wl_1/artifacts", """{"id":"wl_1","artifacts":[{"name":"out.bin","stage":2,"content_type":"text/plain","size_bytes":5,"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","contentId":"c1","uri":null}]}""")
            .On("GET /v1/artifacts/c1", "hello", contentType: "text/plain");
        var line = new CommandLine(server);
        (await line.Run("jobs", "artifacts", "wl_1", "--output", folder.FullName)).ShouldBe(ExitCodes.Ok);
        var written = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "stage-2", "out.bin"), TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        written.ShouldBe("hello");
        line.Output.ShouldContain("5 B");
    }

    [Theory]
    [InlineData("GET /v1/artifacts/c1", ExitCodes.WorkloadFailed)] // other bytes than the manifest says
    [InlineData("GET /v1/artifacts/c2", ExitCodes.NotFound)]
    public async Task What_did_not_arrive_whole_has_no_file(string served, int exitCode)
    {
        var folder = Directory.CreateTempSubdirectory("orrery-cli-");
        var server = new FakeServer()
            .On("GET /v1/workloads/wl_1/artifacts", """{"id":"wl_1","artifacts":[{"name":"out.bin","stage":2,"content_type":"text/plain","size_bytes":5,"sha256":"ab","contentId":"c1","uri":null}]}""")
            .On(served, "hello", contentType: "text/plain");
        (await new CommandLine(server).Run("jobs", "artifacts", "wl_1", "--output", folder.FullName)).ShouldBe(exitCode);
        folder.GetFiles("*", SearchOption.AllDirectories).ShouldBeEmpty();
        folder.Delete(recursive: true);
    }
}
