using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ClusterLogsTests
{
    private const string One = "/api/v1/workloads/train-bcdfg";

    private readonly FakeServer server = new FakeServer()
        .On($"GET {One}", ClusterAnswers.Json(ClusterAnswers.View("Succeeded")))
        .On($"GET {One}/pods/train-bcdfg-1-0/logs", ClusterAnswers.Log("old"))
        .On($"GET {One}/pods/train-bcdfg-2-0/logs", ClusterAnswers.Log("a", "b"))
        .On($"GET {One}/pods/train-bcdfg-2-1/logs", ClusterAnswers.Log("c"));

    [Theory]
    [InlineData("", "[0] a\n[0] b\n[1] c\n")]
    [InlineData("--rank 1", "c\n")]
    [InlineData("--pod train-bcdfg-1-0", "old\n")]
    [InlineData("--all", "[1/0] old\n[2/0] a\n[2/0] b\n[2/1] c\n")]
    public async Task Logs_are_those_of_the_newest_run_unless_it_says_otherwise(string options, string output)
    {
        var line = new CommandLine(server);
        (await line.Run(["cluster", "logs", "train-bcdfg", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldBe(output);
    }

    [Fact]
    public async Task Tail_and_since_are_the_servers()
    {
        var line = new CommandLine(server);
        (await line.Run("cluster", "logs", "train-bcdfg", "--rank", "0", "--tail", "5", "--since", "5m")).ShouldBe(ExitCodes.Ok, line.Error);
        server.Calls[^1].Line.ShouldBe($"GET {One}/pods/train-bcdfg-2-0/logs?tailLines=5&sinceSeconds=300");
    }

    [Fact]
    public async Task Without_a_pod_it_says_why()
    {
        server.On($"GET {One}", ClusterAnswers.Json(ClusterAnswers.View("Pending") with { Pods = [], Message = "waits for quota" }));
        var line = new CommandLine(server);
        (await line.Run("cluster", "logs", "train-bcdfg")).ShouldBe(ExitCodes.NotFound);
        line.Error.ShouldContain("Pending: waits for quota");
    }

    [Fact]
    public async Task All_ranks_are_followed_at_once_to_their_end()
    {
        server.On($"GET {One}/pods/train-bcdfg-2-0/logs stream", "id: 0\ndata: a\n\nid: 2\ndata: b\n\n", contentType: "text/event-stream")
            .On($"GET {One}/pods/train-bcdfg-2-1/logs stream", "id: 0\ndata: c\n\n", contentType: "text/event-stream");
        var line = new CommandLine(server);
        (await line.Run("cluster", "logs", "train-bcdfg", "-f")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ShouldBe(["[0] a", "[0] b", "[1] c"]);
    }
}
