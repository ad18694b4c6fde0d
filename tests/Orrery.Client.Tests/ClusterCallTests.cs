using System.Net;
using System.Text.Json;
using Orrery.Contracts.Clusters;
using Shouldly;
using Xunit;

namespace Orrery.Client.Tests;

public sealed class ClusterCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_is_strict_and_repeatable()
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK, """{"workloadId":"train-bcdfg"}""");
        using var client = server.Client();
        var created = await client.Clusters.Workloads.Create(new CreateWorkloadRequest { DisplayName = "train" }, "key-1", Cancellation);
        created.WorkloadId.ShouldBe("train-bcdfg");
        server.Calls[0].Address.ShouldBe("http://orrery.test:7070/api/v1/workloads?fieldValidation=Strict");
        server.Calls[0].Header("Idempotency-Key").ShouldBe("key-1");
        server.Calls[0].Body.ShouldContain("\"displayName\":\"train\"");
    }

    [Fact]
    public async Task Warnings_reach_the_caller()
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK, """{"workloadId":"w-bcdfg"}""", also: r =>
        {
            r.Headers.TryAddWithoutValidation("Warning", "299 - \"seconds of \\\"schedule\\\" are cut\"");
            r.Headers.TryAddWithoutValidation("Warning", "299 - \"second\"");
            r.Headers.TryAddWithoutValidation("Warning", "110 - \"stale\"");
        });
        var warnings = new List<string>();
        using var client = new OrreryClient(server.Options() with { OnWarning = warnings.Add });
        await client.Clusters.Workloads.Create(JsonDocument.Parse("{}").RootElement, cancellation: Cancellation);
        warnings.ShouldBe(["seconds of \"schedule\" are cut", "second"]);
    }

    [Fact]
    public async Task A_refusal_says_its_code_message_and_fields()
    {
        using var client = new FakeServer().Answers(HttpStatusCode.BadRequest, """
            {"status":400,"errorCode":"BadRequest","errorMessage":"Two fields are wrong.","errors":{"resource.cpu":["required"],"priority":["0-2"]}}
            """, "application/problem+json").Client();
        var refusal = await Should.ThrowAsync<OrreryApiException>(() => client.Clusters.Workloads.Get("x", Cancellation));
        (refusal.Code, refusal.Message).ShouldBe(("BadRequest", "Two fields are wrong."));
        refusal.Details.Keys.ShouldBe(["resource.cpu", "priority"]);
    }

    [Fact]
    public async Task A_list_goes_on_over_its_pages_with_its_filters()
    {
        var server = new FakeServer()
            .Answers(HttpStatusCode.OK, """{"totalCount":3,"items":[{"workloadId":"c"},{"workloadId":"b"}]}""")
            .Answers(HttpStatusCode.OK, """{"totalCount":3,"items":[{"workloadId":"a"}]}""");
        using var client = server.Client();
        var ids = new List<string>();
        await foreach (var item in client.Clusters.Workloads.List(new() { Phase = "Pending,Running", UserName = "a%", Limit = 2 }, Cancellation))
            ids.Add(item.WorkloadId);
        ids.ShouldBe(["c", "b", "a"]);
        server.Calls.Select(c => new Uri(c.Address).Query).ShouldBe(
            ["?phase=Pending%2CRunning&userName=a%25&limit=2&offset=0", "?phase=Pending%2CRunning&userName=a%25&limit=2&offset=2"]);
    }

    [Fact]
    public async Task A_change_holds_only_what_it_changes_and_may_be_for_one_version()
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK);
        using var client = server.Client();
        await client.Clusters.Workloads.Update("a b", JsonDocument.Parse("""{"priority":1}""").RootElement, "\"7\"", Cancellation);
        var call = server.Calls[0];
        (call.Method, call.Address, call.Body).ShouldBe(("PATCH", "http://orrery.test:7070/api/v1/workloads/a%20b?fieldValidation=Strict", """{"priority":1}"""));
        call.Header("If-Match").ShouldBe("\"7\"");
    }

    [Fact]
    public async Task A_batch_that_went_well_has_no_results_and_another_has_all()
    {
        var server = new FakeServer()
            .Answers(HttpStatusCode.OK)
            .Answers(HttpStatusCode.MultiStatus, """{"results":[{"workloadId":"a","status":200,"errorCode":"","errorMessage":""},{"workloadId":"b","status":404,"errorCode":"WorkloadNotFound","errorMessage":"No b."}]}""");
        using var client = server.Client();
        (await client.Clusters.Workloads.Stop(["a"], Cancellation)).ShouldBeEmpty();
        (await client.Clusters.Workloads.Delete(["a", "b"], Cancellation))[1].ErrorCode.ShouldBe("WorkloadNotFound");
        server.Calls.Select(c => c.Body).ShouldBe(["""{"workloadIds":["a"]}""", """{"workloadIds":["a","b"]}"""]);
    }

    [Fact]
    public async Task A_clone_answers_the_new_ids()
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK, also: r => r.Headers.Add("X-Workload-Ids", "a-2,b-2"));
        using var client = server.Client();
        (await client.Clusters.Workloads.Clone(["a-1", "b-1"], Cancellation)).NewIds.ShouldBe(["a-2", "b-2"]);
    }

    [Fact]
    public async Task A_watch_tells_each_change_once_and_outlives_a_server()
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK, View("Pending")).Answers(HttpStatusCode.OK, View("Pending"));
        for (var i = 0; i < 12; i++)
            server.Refuses();
        server.Answers(HttpStatusCode.OK, View("Running")).Answers(HttpStatusCode.OK, View("Succeeded"));
        using var client = server.Client();
        var phases = new List<string>();
        await foreach (var view in client.Clusters.Workloads.Watch("a", cancellation: Cancellation))
            phases.Add(view.Phase);
        phases.ShouldBe(["Pending", "Running", "Succeeded"]);
    }

    [Fact]
    public async Task Workspaces_clusters_and_nodes_are_read()
    {
        var server = new FakeServer()
            .Answers(HttpStatusCode.OK, """{"totalCount":0,"items":[]}""")
            .Answers(HttpStatusCode.OK, """{"totalCount":0,"items":[]}""")
            .Answers(HttpStatusCode.OK, """{"totalCount":0,"items":[]}""");
        using var client = server.Client();
        await client.Clusters.Workspaces.List(Cancellation);
        await client.Clusters.List(Cancellation);
        await client.Clusters.Nodes(Cancellation);
        server.Calls.Select(c => new Uri(c.Address).AbsolutePath).ShouldBe(["/api/v1/workspaces", "/api/v1/clusters", "/api/v1/nodes"]);
    }

    private static string View(string phase) =>
        JsonSerializer.Serialize(new ClusterWorkloadView { WorkloadId = "a", Phase = phase, Runtime = "1s" }, ClusterJson.Default.ClusterWorkloadView);
}
