using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

public sealed class DocumentedOnSqlite(SqliteClusterFixture fixture) : DocumentedRequests(fixture), IClassFixture<SqliteClusterFixture>;

public sealed class DocumentedOnPostgres(PostgresClusterFixture fixture) : DocumentedRequests(fixture), IClassFixture<PostgresClusterFixture>;

/// <summary>The eleven documented requests, answered as the document says.</summary>
public abstract class DocumentedRequests(ClusterFixture fixture)
{
    private Api Api => fixture.Ada;

    [Fact]
    public async Task A_created_workload_runs_and_is_shown_whole()
    {
        var answer = (await Api.Post(Root, Body("echo hello; echo \"rank $RANK of $WORLD_SIZE\"", "My Training", members: "\"description\":\"first\",\"env\":{\"A\":\"b\"},\"timeout\":100"))).MustBe(200);
        var id = answer.Str("workloadId");
        answer.Json.Members().ShouldBe(["workloadId"]);
        id.ShouldMatch("^my-training-[bcdfghjklmnpqrstvwxz2456789]{5}$");
        var view = await Api.MustSucceed(id);
        view.Str("displayName").ShouldBe("My Training");
        view.Str("description").ShouldBe("first");
        view.Str("userName").ShouldBe("ada");
        view.Str("workspaceId").ShouldBe("default");
        view.Str("clusterId").ShouldBe("local");
        view["groupVersionKind"]!.ToJsonString().ShouldBe("""{"group":"","version":"v1","kind":"PyTorchJob"}""");
        view["resource"]!.ToJsonString().ShouldBe("""{"replica":1,"cpu":"100m","gpu":"0","memory":"64Mi","ephemeralStorage":"50Gi","sharedMemory":"32Mi"}""");
        view["env"]!.ToJsonString().ShouldBe("""{"A":"b"}""");
        view.Int("dispatchCount").ShouldBe(1);
        view.Int("timeout").ShouldBe(100);
        view.Int("secondsUntilTimeout").ShouldBe(0);
        view.Int("ttlSecondsAfterFinished").ShouldBe(60);
        view.Int("schedulerOrder").ShouldBe(0);
        view.Str("startTime").ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$");
        view.Str("runtime").ShouldMatch(@"^\d+s$");
        view["ranks"]!.ToJsonString().ShouldBe("""[["0"]]""");
        view["nodes"]!.AsArray().Count.ShouldBe(1);
        view["liveness"].ShouldBeNull();
        view.ConditionTypes().ShouldBe(["AdminScheduling", "AdminScheduled", "AdminDispatched", "K8sRunning", "K8sSucceeded"], ignoreOrder: true);
        var pod = view.Pod();
        pod.Str("podId").ShouldBe($"{id}-1-0");
        pod.Str("phase").ShouldBe("Succeeded");
        pod.Str("rank").ShouldBe("0");
        pod.Str("hostIP").ShouldNotBeEmpty();
        pod.Str("podIP").ShouldNotBeEmpty();
        pod["containers"]!.AsArray()[0].Int("exitCode").ShouldBe(0);
        (await Api.Logs(id)).ShouldBe(["hello", "rank 0 of 1"]);
        (await Api.EventTypes(id)).ShouldContain("cluster_workload.k8s_succeeded");
    }

    [Fact]
    public async Task The_list_filters_sorts_and_pages()
    {
        var ids = new List<string>();
        foreach (var name in new[] { "list-b", "list-a", "list-c" })
            ids.Add(await Api.Create(Body("true", name, members: $"\"description\":\"50%_{name}\"")));
        foreach (var id in ids)
            await Api.MustSucceed(id);
        var page = (await Api.Get($"{Root}?workspaceId=default&phase=Succeeded,Failed&kind=PyTorchJob&userName=AD&description=50%25_LIST&sortBy=displayName&order=asc&limit=2")).MustBe(200);
        page.Json.Members().ShouldBe(["totalCount", "items"]);
        page.Json.Int("totalCount").ShouldBe(3);
        page["items"]!.AsArray().Select(item => item.Str("displayName")).ShouldBe(["list-a", "list-b"]);
        (await Api.Get($"{Root}?description=50%25_list&offset=2&sortBy=create_time")).MustBe(200)["items"]!.AsArray().Select(item => item.Str("displayName")).ShouldBe(["list-b"]);
        (await Api.Get($"{Root}?description=50x_list")).MustBe(200).Json.Int("totalCount").ShouldBe(0);
        (await Api.Get($"{Root}?workloadId={ids[2].ToUpperInvariant()}")).MustBe(200)["items"]!.AsArray()[0].Str("workloadId").ShouldBe(ids[2]);
        (await Api.Get($"{Root}?description=50%25_list&until=2020-01-01T00:00:00.000Z")).MustBe(200).Json.Int("totalCount").ShouldBe(0);
        (await Api.Get($"{Root}?description=50%25_list&since=2020-01-01T00:00:00.000Z")).MustBe(200).Json.Int("totalCount").ShouldBe(3);
    }

    [Fact]
    public async Task A_workload_is_stopped_and_nothing_of_it_is_left()
    {
        var id = await Api.Create(Body("sleep 1000 & exec sleep 1000", "to-stop"));
        await Api.UntilPhase(id, "Running");
        var answer = (await Api.Post($"{Root}/{id}/stop")).MustBe(200);
        answer.Text.ShouldBeEmpty();
        var view = await Api.Look(id);
        view.Str("phase").ShouldBe("Stopped");
        view.Str("message").ShouldBe("stopped by ada");
        (await Api.Post($"{Root}/{id}/stop")).MustBe(200);
        (await Processes.Of(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_workload_is_gone()
    {
        var id = await Api.Create(Body("exec sleep 1000", "to-delete"));
        await Api.UntilPhase(id, "Running");
        (await Api.Delete($"{Root}/{id}")).MustBe(200).Text.ShouldBeEmpty();
        await Wait.Until("404", async () => (await Api.Get($"{Root}/{id}")).Status == 404);
        (await Api.Delete($"{Root}/{id}")).MustBe(404).Str("errorCode").ShouldBe("WorkloadNotFound");
        (await Processes.Of(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_tries_every_id()
    {
        var (one, two) = (await Api.Create(Body("exec sleep 1000", "batch")), await Api.Create(Body("exec sleep 1000", "batch")));
        (await Api.Post($"{Root}/stop", $$"""{"workloadIds":["{{one}}"]}""")).MustBe(200).Text.ShouldBeEmpty();
        var mixed = (await Api.Post($"{Root}/delete", $$"""{"workloadIds":["{{one}}","nope-bbbbb","{{two}}"]}""")).MustBe(207);
        var results = mixed["results"]!.AsArray();
        results.Select(result => result.Int("status")).ShouldBe([200L, 404L, 200L]);
        results[1].Str("errorCode").ShouldBe("WorkloadNotFound");
        await Wait.Until("both gone", async () => (await Api.Get($"{Root}/{one}")).Status == 404 && (await Api.Get($"{Root}/{two}")).Status == 404);
    }

    [Fact]
    public async Task A_clone_is_a_fresh_workload_with_the_same_spec()
    {
        var id = await Api.Create(Body("echo once", "orig", members: "\"env\":{\"SECRET\":\"s3\"},\"priority\":1"));
        await Api.MustSucceed(id);
        var answer = (await Api.Post($"{Root}/clone", $$"""{"workloadIds":["{{id}}"]}""")).MustBe(200);
        var clone = answer.Response.Headers.GetValues("X-Workload-Ids").Single();
        clone.ShouldNotBe(id);
        var view = await Api.MustSucceed(clone);
        view["env"]!.ToJsonString().ShouldBe("""{"SECRET":"s3"}""");
        view.Int("priority").ShouldBe(1);
        view.Str("displayName").ShouldBe("orig");
    }

    [Fact]
    public async Task A_patch_changes_what_may_change()
    {
        var id = await Api.Create(Body("exec sleep 1000", "patched"));
        await Api.UntilPhase(id, "Running");
        var tag = (await Api.Get($"{Root}/{id}")).Response.Headers.ETag!.Tag;
        (await Api.Send(HttpMethod.Patch, $"{Root}/{id}", """{"description":"new","priority":1,"timeout":900,"maxRetry":2}""", ("If-Match", tag))).MustBe(200).Text.ShouldBeEmpty();
        var view = await Api.Look(id);
        (view.Str("description"), view.Int("priority"), view.Int("timeout"), view.Int("maxRetry")).ShouldBe(("new", 1L, 900L, 2L));
        view.Int("secondsUntilTimeout").ShouldBeInRange(800, 900);
        (await Api.Send(HttpMethod.Patch, $"{Root}/{id}", """{"description":"x"}""", ("If-Match", tag))).MustBe(412).Str("errorCode").ShouldBe("PreconditionFailed");
        (await Api.Send(HttpMethod.Patch, $"{Root}/{id}", """{"cpu":"2"}""")).MustBe(409).Str("errorCode").ShouldBe("Conflict");
        (await Api.Delete($"{Root}/{id}")).MustBe(200);
    }

    [Fact]
    public async Task Logs_are_tailed_followed_and_dated()
    {
        var id = await Api.Create(Body("for i in $(seq 1 300); do echo line $i; done", "logs"));
        await Api.MustSucceed(id);
        var answer = (await Api.Get($"{Root}/{id}/pods/{id}-1-0/logs?tailLines=3")).MustBe(200);
        answer.Json.Members().ShouldBe(["workloadId", "podId", "namespace", "logs"]);
        answer.Str("namespace").ShouldBe("default");
        answer["logs"]!.ToJsonString().ShouldBe("""["line 298","line 299","line 300"]""");
        (await Api.Get($"{Root}/{id}/pods/{id}-1-0/logs?container=side")).MustBe(400).Str("errorMessage").ShouldContain("main");
        (await Api.Get($"{Root}/{id}/pods/{id}-9-0/logs")).MustBe(404).Str("errorCode").ShouldBe("PodNotFound");
        using var stream = await Api.Stream($"{Root}/{id}/pods/{id}-1-0/logs?follow=true&tailLines=2");
        var text = await stream.ReadToEndAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("data: line 299");
        text.ShouldContain("data: line 300");
        text.ShouldNotContain("data: line 298\n");
    }

    [Fact]
    public async Task Containers_and_shells_of_a_pod_are_told()
    {
        var id = await Api.Create(Body("exec sleep 1000", "shells"));
        await Api.UntilPhase(id, "Running");
        var answer = (await Api.Get($"{Root}/{id}/pods/{id}-1-0/containers")).MustBe(200);
        answer["containers"]!.ToJsonString().ShouldBe("""[{"name":"main"}]""");
        answer["shells"]!.AsArray().Select(shell => shell!.GetValue<string>()).ShouldContain("sh");
        (await Api.Delete($"{Root}/{id}")).MustBe(200);
    }
}
