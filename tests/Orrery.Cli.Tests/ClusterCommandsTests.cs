using System.Net;
using System.Text.Json.Nodes;
using Orrery.Contracts.Clusters;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ClusterCommandsTests
{
    private const string One = "/api/v1/workloads/train-bcdfg";

    private readonly FakeServer server = new FakeServer()
        .On("GET /api/v1/workloads", ClusterAnswers.Page("train-bcdfg", "my-train-ccccc"))
        .On($"GET {One}", ClusterAnswers.Json(ClusterAnswers.View()))
        .On($"GET {One}/events", """{"workloadId":"train-bcdfg","events":[{"id":"e","seq":7,"type":"started","payload":{"run":2},"time":"2026-03-07T12:00:05","actor":"scheduler"}],"lastSeq":7,"hasMore":false}""");

    [Fact]
    public async Task Describe_shows_everything_on_one_screen()
    {
        var waiting = ClusterAnswers.View("Pending") with
        {
            Wait = new WaitView("quota", "needs 8 CPUs, 2 are free", 2, ["big-ddddd"], "2026-03-07T13:00:00"),
        };
        server.On($"GET {One}", ClusterAnswers.Json(waiting));
        var line = new CommandLine(server);
        (await line.Run("cluster", "describe", "tra")).ShouldBe(ExitCodes.Ok, line.Error);
        foreach (var part in new[]
        {
            "Pending", "quota: needs 8 CPUs, 2 are free", "place 2, behind big-ddddd", "2026-03-07 13:00:00Z", "2 runs (at most 4)", "$ echo hi", "3 (Error)",
            "train-bcdfg-2-1", "node-1", "all ranks run", "started", "run=2", "2 × 1 CPU, 1Gi memory",
        })
            line.Output.ShouldContain(part);
        server.Calls[0].Line.ShouldBe("GET /api/v1/workloads?workloadId=tra&limit=100&offset=0");
    }

    [Fact]
    public async Task A_beginning_that_several_have_is_refused()
    {
        server.On("GET /api/v1/workloads", ClusterAnswers.Page("train-bcdfg", "train-ccccc"));
        var line = new CommandLine(server);
        (await line.Run("cluster", "stop", "train")).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain("'train' may be any of 2 workloads:\n  train-bcdfg  Running, ");
    }

    [Fact]
    public async Task List_has_every_filter()
    {
        var line = new CommandLine(server);
        (await line.Run(
            "cluster", "list", "-n", "w", "--cluster", "c", "--phase", "Pending,Running", "-k", "PyTorchJob", "--user-id", "u", "--user", "ad", "--description", "d",
            "--id", "i", "--since", "2026-01-01T00:00:00Z", "--until", "2026-02-01T00:00:00Z", "--sort-by", "priority", "--order", "asc", "--limit", "1",
            "--offset", "1", "-o", "wide")).ShouldBe(ExitCodes.Ok, line.Error);
        server.Calls[0].Line.ShouldBe(
            "GET /api/v1/workloads?workspaceId=w&clusterId=c&phase=Pending%2CRunning&kind=PyTorchJob&userId=u&userName=ad&description=d&workloadId=i" +
            "&since=2026-01-01T00%3A00%3A00Z&until=2026-02-01T00%3A00%3A00Z&sortBy=priority&order=asc&limit=1&offset=1");
        line.Output.ShouldContain("my-train-ccccc");
    }

    [Fact]
    public async Task Yaml_output_can_be_read_again()
    {
        var line = new CommandLine(server);
        (await line.Run("cluster", "get", "train-bcdfg", "-o", "yaml")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldContain("displayName: train\n");
        line.Output.ShouldContain("  replica: 2\n");
        line.Output.ShouldContain("  cpu: \"1\"\n");
        line.Output.ShouldContain("specifiedNodes: []\n");
    }

    [Fact]
    public async Task The_specification_alone_makes_the_workload_again()
    {
        server.On("POST /api/v1/workloads", """{"workloadId":"train-ccccc"}""");
        var line = new CommandLine(server);
        (await line.Run("cluster", "get", "train-bcdfg", "--spec")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldStartWith("---\ndisplayName: train\n");
        line.Output.ShouldContain("command: echo hi\n");
        foreach (var part in new[] { "phase", "pods", "creationTime", "workloadId", "specifiedNodes" })
            line.Output.ShouldNotContain(part);
        var again = new CommandLine(server) { Input = line.Output };
        (await again.Run("cluster", "create", "--file", "-")).ShouldBe(ExitCodes.Ok, again.Error);
        JsonNode.Parse(server.Calls[^1].Body)!["entryPoint"]!.GetValue<string>().ShouldBe(Convert.ToBase64String("echo hi"u8));
    }

    [Fact]
    public async Task A_preview_of_several_that_wait_for_each_other_asks_for_none_that_is_not_there_yet()
    {
        server.On("POST /api/v1/workloads/preview", """{"valid":true,"errors":{},"nodes":["n1"],"wait":null,"expectedStart":"","warnings":[]}""");
        var line = new CommandLine(server) { Input = "displayName: first\ncommand: 'true'\n---\ndisplayName: second\ndependencies: [first, train-ccccc]\ncommand: 'true'\n---\ndisplayName: nightly\ncronJobs: [{schedule: 0 3 * * *}]\ncommand: 'true'\n" };
        (await line.Run("cluster", "preview", "--file", "-")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldBe("first: valid, starts at once on n1\nsecond: valid, starts when first has succeeded\nnightly: valid, runs at '0 3 * * *' (UTC)\n");
        JsonNode.Parse(server.Calls[1].Body)!["dependencies"]!.ToJsonString().ShouldBe("""["train-ccccc"]""");
    }

    [Fact]
    public async Task Update_sends_only_what_was_given()
    {
        server.On($"PATCH {One}", "");
        var line = new CommandLine(server);
        (await line.Run("cluster", "update", "train-bcdfg", "--replicas", "3", "--timeout", "2h", "--clear-env")).ShouldBe(ExitCodes.Ok, line.Error);
        server.Calls[0].Body.ShouldBe("""{"replica":3,"timeout":7200,"env":{}}""");
        (await line.Run("cluster", "update", "train-bcdfg")).ShouldBe(ExitCodes.BadInput);
    }

    [Fact]
    public async Task Several_are_stopped_at_once_and_failures_are_named()
    {
        server.On("POST /api/v1/workloads/stop", """{"results":[{"workloadId":"train-bcdfg","status":200,"errorCode":"","errorMessage":""},{"workloadId":"gone-ccccc","status":404,"errorCode":"WorkloadNotFound","errorMessage":"No such workload."}]}""", HttpStatusCode.MultiStatus);
        var line = new CommandLine(server);
        (await line.Run("cluster", "stop", "train-bcdfg", "gone-ccccc")).ShouldBe(ExitCodes.NotFound);
        line.Output.ShouldBe("train-bcdfg stopped\n");
        line.Error.ShouldBe("error: gone-ccccc: No such workload. (WorkloadNotFound)\n");
        server.Calls[0].Body.ShouldBe("""{"workloadIds":["train-bcdfg","gone-ccccc"]}""");
    }

    [Fact]
    public async Task One_is_stopped_deleted_and_cloned()
    {
        server.On($"POST {One}/stop", "").On($"DELETE {One}", "").On("POST /api/v1/workloads/clone", "")
            .WithHeader("POST /api/v1/workloads/clone", "X-Workload-Ids", "train-ddddd");
        var line = new CommandLine(server);
        (await line.Run("cluster", "stop", "train-bcdfg")).ShouldBe(ExitCodes.Ok, line.Error);
        (await line.Run("cluster", "delete", "train-bcdfg")).ShouldBe(ExitCodes.Ok, line.Error);
        (await line.Run("cluster", "clone", "train-bcdfg")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldBe("train-bcdfg stopped\ntrain-bcdfg deleted\ntrain-ddddd\n");
    }

    [Fact]
    public async Task Preview_says_why_and_when()
    {
        server.On("POST /api/v1/workloads/preview", """
            {"valid":true,"errors":{},"nodes":[],"wait":{"code":"resources","message":"asks for 8 CPUs, 2 are free","order":1,"ahead":[],"expectedStart":""},"expectedStart":"2026-03-07T13:00:00","warnings":["w"]}
            """);
        var line = new CommandLine(server);
        (await line.Run("cluster", "preview", "--name", "x", "--command", "true")).ShouldBe(ExitCodes.Ok, line.Error);
        line.Output.ShouldBe("x: valid, waits for resources: asks for 8 CPUs, 2 are free\n  in queue: place 1\n  expected start: 2026-03-07 13:00:00Z\n  warning: w\n");
    }

    [Fact]
    public async Task A_workspace_is_made_from_flags_and_changed()
    {
        const string Made = """{"workspaceId":"vision","displayName":"vision","clusterId":"local","quota":{"cpu":"4"},"borrowingLimit":{},"queuePolicy":"backfill","preemption":false,"admins":[],"members":[],"used":{},"running":0,"waiting":0,"creationTime":""}""";
        server.On("POST /api/v1/workspaces", Made).On("PATCH /api/v1/workspaces/vision", Made).On("GET /api/v1/workspaces", $$"""{"totalCount":1,"items":[{{Made}}]}""");
        var line = new CommandLine(server);
        (await line.Run("cluster", "workspaces", "create", "--id", "vision", "--quota", "cpu=4,memory=8Gi", "--member", "u1", "u2")).ShouldBe(ExitCodes.Ok, line.Error);
        (await line.Run("cluster", "workspaces", "update", "vision", "--preemption", "true")).ShouldBe(ExitCodes.Ok, line.Error);
        (await line.Run("cluster", "workspaces", "list")).ShouldBe(ExitCodes.Ok, line.Error);
        JsonNode.DeepEquals(JsonNode.Parse(server.Calls[0].Body), JsonNode.Parse("""{"workspaceId":"vision","quota":{"cpu":"4","memory":"8Gi"},"members":["u1","u2"]}""")).ShouldBeTrue(server.Calls[0].Body);
        server.Calls[1].Body.ShouldBe("""{"preemption":true}""");
        line.Output.ShouldContain("cpu 4");
    }

    [Fact]
    public async Task Nodes_and_clusters_say_what_is_free()
    {
        server.On("GET /api/v1/nodes", """{"totalCount":1,"items":[{"nodeName":"node-1","clusterId":"local","ready":true,"address":"10.0.0.1","labels":{"zone":"a"},"taints":[],"capacity":{"cpu":"4","memory":"8Gi"},"free":{"cpu":"3","memory":"7Gi"},"pods":[{"podId":"p","workloadId":"w","workspaceId":"d","cpu":"1","memory":"1Gi","gpu":"0"}]}]}""")
            .On("GET /api/v1/clusters", """{"totalCount":1,"items":[{"clusterId":"local","backend":"local","healthy":true,"message":"","nodes":1,"capacity":{"cpu":"4"},"free":{"cpu":"3"}}]}""");
        var line = new CommandLine(server);
        (await line.Run("cluster", "nodes", "-o", "wide")).ShouldBe(ExitCodes.Ok, line.Error);
        (await line.Run("cluster", "clusters")).ShouldBe(ExitCodes.Ok, line.Error);
        foreach (var part in new[] { "3 of 4", "7Gi of 8Gi", "zone=a", "cpu 3" })
            line.Output.ShouldContain(part);
    }

    [Fact]
    public async Task Kubernetes_clusters_are_registered_replaced_and_removed()
    {
        const string View = """{"clusterId":"edge","backend":"kubernetes","server":"https://edge:6443/","healthy":false,"message":"","nodes":0,"capacity":{},"free":{}}""";
        var clusters = new FakeServer().On("POST /api/v1/clusters", View).On("PUT /api/v1/clusters/edge", View).On("DELETE /api/v1/clusters/edge", "");
        var line = new CommandLine(clusters) { Input = "kind: Config" };
        (await line.Run("cluster", "clusters", "add", "edge", "--kubeconfig", "-", "--context", "prod")).ShouldBe(ExitCodes.Ok, line.Error);
        (await line.Run("cluster", "clusters", "replace", "edge", "--kubeconfig", "/nowhere/kubeconfig")).ShouldBe(ExitCodes.BadInput);
        (await line.Run("cluster", "clusters", "remove", "edge")).ShouldBe(ExitCodes.Ok, line.Error);
        clusters.Calls.Select(call => call.Line).ShouldBe(["POST /api/v1/clusters", "DELETE /api/v1/clusters/edge"]);
        clusters.Calls[0].Body.ShouldBe("""{"clusterId":"edge","kubeconfig":"kind: Config","context":"prod"}""");
    }
}
