using System.Collections.Concurrent;
using Orrery.EndToEnd.Clusters;
using Orrery.EndToEnd.Programs;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>What users of a Kubernetes cluster do, through the real server.</summary>
public abstract class KubernetesScenarios(KubernetesFixture fixture)
{
    private const string Sleeps = "echo up; exec sleep 1000";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deployment_is_rolled_without_a_moment_of_no_ready_pod()
    {
        Begin();
        var id = await fixture.Ada.Create(Job($"echo one > index.html; {fixture.WebServer}", "web", "Deployment", replicas: 2, members: Served));
        await Until(id, "Running");
        var ready = new ConcurrentQueue<int>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var watching = Task.Run(() => CountReady(id, ready, over.Token), CancellationToken.None);
        await Wait.Until("two ready pods", () => Task.FromResult(ready.Contains(2)));
        ready.Clear();
        (await fixture.Ada.Send(HttpMethod.Patch, $"{Root}/{id}", $$"""{"entryPoint":"{{Base64($"echo two > index.html; {fixture.WebServer}")}}"}""")).MustBe(200);
        await Look(id, "the new pods", view => view.Str("phase") == "Running" && view.Int("dispatchCount") == 2 && view["pods"]!.AsArray().Count(pod => pod!.Str("phase") == "Running") == 2);
        await over.CancelAsync();
        await watching;
        ready.ShouldNotBeEmpty();
        ready.Min().ShouldBeGreaterThan(0, "some pod was ready all the time");
        var names = (await Pods(id)).Where(pod => pod.Metadata.DeletionTimestamp is null).ToList();
        names.Count.ShouldBe(2);
        names.ShouldAllBe(pod => pod.Metadata.Labels!["orrery.dev/run"] == "2");
        await MustStop(id);
    }

    [Fact]
    public async Task A_stateful_set_has_stable_names()
    {
        Begin();
        var id = await fixture.Ada.Create(Job("echo $POD_NAME $(hostname); exec sleep 1000", "store", "StatefulSet", replicas: 2));
        await Until(id, "Running");
        (await Pods(id)).Select(pod => pod.Metadata.Name).Order(StringComparer.Ordinal).ShouldBe([$"{id}-0", $"{id}-1"]);
        var before = (await Pods(id)).Single(pod => pod.Metadata.Name == $"{id}-1").Metadata.Uid;
        await fixture.Cluster.Pods.Delete(fixture.Workspace, $"{id}-1", new DeleteOptions { GracePeriodSeconds = 0 }, Ct);
        await Wait.Until("another pod of that name", async () => (await Pods(id)).Any(pod => pod.Metadata.Name == $"{id}-1" && pod.Metadata.Uid != before && pod.Status?.Phase == "Running"), TimeSpan.FromSeconds(60));
        await Until(id, "Running");
        await MustStop(id);
    }

    [Fact]
    public async Task A_job_of_two_ranks_meets_at_its_master()
    {
        Begin();
        var id = await fixture.Ada.Create(Job("echo rank $RANK of $WORLD_SIZE at $MASTER_ADDR:$MASTER_PORT from $POD_IP", "gang", replicas: 2));
        var view = await End(id);
        view.Str("phase").ShouldBe("Succeeded", view.ToJsonString());
        var master = view.Pod().Str("podIP");
        (await fixture.Ada.Logs(id)).ShouldBe([$"rank 0 of 2 at {master}:29500 from {master}"]);
        (await fixture.Ada.Logs(id, rank: 1)).ShouldBe([$"rank 1 of 2 at {master}:29500 from {view.Pod(1).Str("podIP")}"]);
        view["nodes"]![0]!.AsArray().Count.ShouldBe(2);
        view.ConditionTypes().Where(type => type is "AdminScheduled" or "AdminDispatched" or "K8sSucceeded").ShouldBe(["AdminScheduled", "AdminDispatched", "K8sSucceeded"]);
        await Wait.Until("its objects to be gone", async () => (await Left(id)).Count == 0, TimeSpan.FromSeconds(60)); // its time to live is a second
        (await fixture.Ada.Logs(id)).Length.ShouldBe(1, "logs are kept when the pods are gone");
    }

    [Fact]
    public async Task An_authoring_pod_has_a_shell()
    {
        Begin();
        var id = await fixture.Ada.Create(Job("", "desk", "Authoring"));
        var pod = (await Until(id, "Running")).Pod().Str("podId");
        (await fixture.Ada.Get($"{Root}/{id}/pods/{pod}/containers")).MustBe(200)["shells"]!.AsArray().Select(shell => shell!.GetValue<string>()).ShouldContain("sh");
        var (terminal, status) = await Terminal.Open(fixture.Server.Address, fixture.AdaKey, id, pod, "shell=sh&cols=101&rows=33");
        status.ShouldBe(101);
        using (terminal)
        {
            await terminal!.Type("stty size; echo \"<$POD_NAME>\"\n");
            (await terminal.Shown($"<{pod}>")).ShouldContain("33 101");
            await terminal.Type("exit\n");
            await terminal.Shown(null);
        }
        await MustStop(id);
    }

    [Fact]
    public async Task A_job_fails_twice_and_then_succeeds()
    {
        Begin();
        var id = await fixture.Ada.Create(Job("echo run $DISPATCH_COUNT; test $DISPATCH_COUNT = 3", "stubborn", members: "\"maxRetry\":2"));
        var view = await End(id);
        view.Str("phase").ShouldBe("Succeeded", view.ToJsonString());
        view.Int("dispatchCount").ShouldBe(3);
        view["pods"]!.AsArray().Select(pod => pod!["containers"]![0]!.Int("exitCode")).ShouldBe([1L, 1L, 0L]);
        (await fixture.Ada.Logs(id, run: 2)).ShouldBe(["run 2"]);
    }

    [Fact]
    public async Task A_cordoned_node_takes_nothing_until_it_is_open_again()
    {
        Begin();
        var live = await fixture.Ada.Create(Job(Sleeps, "before"));
        var node = (await Until(live, "Running")).Pod().Str("k8sNodeName");
        await Cordon(node, true);
        try
        {
            await Wait.Until("the cordon to be seen", async () => !(await Node(node))["ready"]!.GetValue<bool>());
            var id = await fixture.Ada.Create(Job("true", "waiting"));
            (await Look(id, "why it waits", view => view["wait"] is not null)).Str("phase").ShouldBe("Pending");
            (await fixture.Ada.Look(live)).Str("phase").ShouldBe("Running", "what runs there goes on");
            (await Left(id)).ShouldBeEmpty("nothing is made before it is admitted");
            await Cordon(node, false);
            (await End(id)).Str("phase").ShouldBe("Succeeded");
        }
        finally
        {
            await Cordon(node, false);
        }
        await MustStop(live);
    }

    [Fact]
    public async Task No_phase_changes_while_the_api_server_is_away_and_all_converges_after()
    {
        Begin();
        var service = await fixture.Ada.Create(Job(Sleeps, "service", "Deployment", replicas: 2));
        var steady = await fixture.Ada.Create(Job(Sleeps, "steady"));
        var ending = await fixture.Ada.Create(Job("echo up; sleep 3; exit 0", "ending"));
        var stopped = await fixture.Ada.Create(Job(Sleeps, "stopped"));
        string[] all = [service, steady, ending, stopped];
        foreach (var id in all)
            await Until(id, "Running");
        var late = "";
        await fixture.Interrupt(async () =>
        {
            await Look(steady, "that it cannot be reached", view => view.Str("message").Contains("cannot be reached", StringComparison.Ordinal));
            late = await fixture.Ada.Create(Job("echo late", "late"));
            await fixture.Server.Admin.Post($"{Root}/{stopped}/stop");
            (await Cluster()).ShouldBe((false, true));
            foreach (var id in all)
                (await fixture.Ada.Look(id)).Str("phase").ShouldBe("Running", id);
            (await fixture.Ada.Look(late)).Str("phase").ShouldBe("Pending");
        });
        (await End(ending)).Str("phase").ShouldBe("Succeeded");
        (await End(late)).Str("phase").ShouldBe("Succeeded");
        (await End(stopped)).Str("phase").ShouldBe("Stopped");
        foreach (var id in new[] { service, steady })
        {
            var view = await Look(id, "its phase", view => view.Str("message").Length == 0);
            (view.Str("phase"), view.Int("dispatchCount")).ShouldBe(("Running", 1L));
        }
        (await Cluster()).ShouldBe((true, false));
        await MustStop(service);
        await MustStop(steady);
    }

    [Fact]
    public async Task A_pod_that_someone_else_deletes_is_a_failed_run()
    {
        Begin();
        var id = await fixture.Ada.Create(Job("echo run $DISPATCH_COUNT; test $DISPATCH_COUNT = 2 || exec sleep 1000", "robbed", members: "\"maxRetry\":1"));
        await Until(id, "Running");
        await fixture.Cluster.Pods.Delete(fixture.Workspace, (await Pods(id)).Single().Metadata.Name!, new DeleteOptions { GracePeriodSeconds = 0 }, Ct);
        var view = await End(id);
        (view.Str("phase"), view.Int("dispatchCount")).ShouldBe(("Succeeded", 2L), view.ToJsonString());
        view["pods"]![0]!["containers"]![0]!.Str("message").ShouldContain("deleted by someone else");
    }

    [Fact]
    public async Task A_server_that_is_killed_finds_its_pods_again()
    {
        Begin();
        var id = await fixture.Ada.Create(Job(Sleeps, "survivor"));
        var ending = await fixture.Ada.Create(Job("echo up; sleep 2; exit 7", "meanwhile"));
        var uid = (await Until(id, "Running"), (await Pods(id)).Single().Metadata.Uid).Uid;
        await Until(ending, "Running");
        await fixture.Restart(() => Wait.Until("the end of its pod", async () => (await Pods(ending)).Single().Status?.Phase == "Failed", TimeSpan.FromSeconds(60)));
        var view = await End(ending);
        view.Pod()["containers"]![0]!.Int("exitCode").ShouldBe(7);
        (await fixture.Ada.Look(id)).Str("phase").ShouldBe("Running");
        (await Pods(id)).Single().Metadata.Uid.ShouldBe(uid);
        await MustStop(id);
    }

    [Fact]
    public async Task Quotas_follow_the_workspace()
    {
        Begin();
        var id = await fixture.Ada.Create(Job("true", "first"));
        (await End(id)).Str("phase").ShouldBe("Succeeded");
        (await fixture.Server.Admin.Send(HttpMethod.Patch, $"/api/v1/workspaces/{fixture.Workspace}", """{"quota":{"cpu":"1500m","memory":"2Gi"}}""")).MustBe(200);
        await Wait.Until("the quota", async () => (await fixture.Cluster.ResourceQuotas.Find(fixture.Workspace, "orrery", Ct))?.Spec?.Hard is { } hard && hard.GetValueOrDefault("requests.cpu") == "1500m");
        (await fixture.Server.Admin.Send(HttpMethod.Patch, $"/api/v1/workspaces/{fixture.Workspace}", """{"quota":{"cpu":"","memory":""}}""")).MustBe(200);
        await Wait.Until("no quota", async () => await fixture.Cluster.ResourceQuotas.Find(fixture.Workspace, "orrery", Ct) is null);
    }

    [Fact]
    public async Task Programs_of_a_mission_get_their_files_and_what_they_leave_is_given_on()
    {
        Begin();
        const string Script = """
            cat $ORRERY_INPUT_DIR/words/first $ORRERY_INPUT_DIR/stage-$((ORRERY_STAGE_INDEX - 1))/told >$ORRERY_OUTPUT_DIR/told 2>/dev/null
            echo stage $ORRERY_STAGE_INDEX of $ORRERY_STAGE_COUNT >>$ORRERY_OUTPUT_DIR/told
            """;
        var brought = await fixture.Ada.Bring("hello\n");
        var body = OnThisCluster(ProgramSteps.Chain(Script, $",\"image\":\"{KubernetesFixture.Image}\",\"inputs\":[{{\"name\":\"words/first\",\"contentId\":\"{brought}\"}}]"));
        var id = await fixture.Ada.Submit(body);
        await fixture.Ada.MustEndDone(id);
        (await fixture.Ada.Artifacts(id)).ShouldBe(new Dictionary<string, string>
        {
            ["0/told"] = "hello\nstage 0 of 3\n",
            ["1/told"] = "hello\nhello\nstage 0 of 3\nstage 1 of 3\n",
            ["2/told"] = "hello\nhello\nhello\nstage 0 of 3\nstage 1 of 3\nstage 2 of 3\n",
        }, ignoreOrder: true, (await fixture.Ada.Get($"/v1/workloads/{id}/events?limit=200")).Text);
        fixture.Server.Process.Said.ShouldNotContain("could not be brought further", Case.Sensitive, "no other cluster of the server takes it for its own");
        foreach (var stage in await fixture.Ada.Stages(id))
            await Wait.Until("its pod to be gone", async () => (await Left(stage.Str("cluster_workload_id"))).Count == 0, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task What_a_failed_program_had_is_freed_at_once()
    {
        Begin();
        var id = await fixture.Ada.Submit(OnThisCluster(ProgramSteps.Chain("echo too hot >&2; exit 4", $",\"image\":\"{KubernetesFixture.Image}\"")));
        var view = await fixture.Ada.Ending(id);
        view["error"].Str("message").ShouldContain("exited with code 4", customMessage: view.ToJsonString());
        var stage = (await fixture.Ada.Stages(id))[0].Str("cluster_workload_id");
        await Wait.Until("its pod to be gone", async () => (await Left(stage)).Count == 0, TimeSpan.FromSeconds(60));
        (await fixture.Ada.Logs(stage)).ShouldBe(["too hot"]);
    }

    [Fact]
    public async Task A_mission_whose_stages_run_here_has_to_name_an_image()
    {
        Begin();
        var body = OnThisCluster(ProgramSteps.Chain("true"));
        (await fixture.Ada.Post("/v1/workloads/preview", body)).MustBe(400).Text.ShouldContain("program.image");
        (await fixture.Ada.Post("/v1/workloads/preview", body.Replace("\"duration_s\"", "\"image\":\"two words\",\"duration_s\"", StringComparison.Ordinal))).MustBe(400).Text.ShouldContain("without spaces");
    }

    private const string Served = """
        "readiness":{"path":"/index.html","port":8000,"initialDelaySeconds":1,"periodSeconds":1},"service":{"targetPort":8000}
        """;

    private string OnThisCluster(string body) => body.Replace("\"placement\":{", $"\"placement\":{{\"workspace\":\"{fixture.Workspace}\",", StringComparison.Ordinal);

    private void Begin() => Assert.SkipUnless(fixture.Missing is null, fixture.Missing ?? "");

    private string Job(string script, string name, string kind = "PyTorchJob", int replicas = 1, string members = "") => Body(
        script, name, kind, replicas, $"\"image\":\"{KubernetesFixture.Image}\",\"ttlSecondsAfterFinished\":1{(members.Length > 0 ? "," + members : "")}", fixture.Workspace, cpu: "50m")
        .Replace(",\"entryPoint\":\"\"", "", StringComparison.Ordinal);

    private Task<JsonNode> Look(string id, string what, Func<JsonNode, bool> holds) => Wait.For(
        $"{what} of {id}", async () => await fixture.Ada.Look(id) is var view && holds(view) ? view : null, TimeSpan.FromSeconds(100));

    private async Task<JsonNode> Until(string id, string phase)
    {
        var view = await Look(id, $"phase {phase}", view => view.Str("phase") == phase || view.Str("phase") is "Failed" or "Stopped");
        view.Str("phase").ShouldBe(phase, view.ToJsonString());
        return view;
    }

    private Task<JsonNode> End(string id) => Look(id, "the end", view => view.Str("phase") is "Succeeded" or "Failed" or "Stopped");

    private async Task MustStop(string id)
    {
        (await fixture.Ada.Post($"{Root}/{id}/stop")).MustBe(200);
        await Look(id, "its end", view => view.Str("phase") == "Stopped");
        (await Left(id)).ShouldBeEmpty();
    }

    private async Task<(bool Healthy, bool SaysWhy)> Cluster()
    {
        var cluster = (await fixture.Server.Admin.Get("/api/v1/clusters")).MustBe(200)["items"]!.AsArray().Single(one => one!.Str("clusterId") == KubernetesFixture.ClusterId)!;
        return (cluster["healthy"]!.GetValue<bool>(), cluster.Str("message").Contains("does not answer", StringComparison.Ordinal));
    }

    private async Task<JsonNode> Node(string name) =>
        (await fixture.Server.Admin.Get("/api/v1/nodes")).MustBe(200)["items"]!.AsArray().Single(one => one!.Str("nodeName") == name && one.Str("clusterId") == KubernetesFixture.ClusterId)!;

    private Task Cordon(string node, bool isCordoned) => fixture.Cluster.Nodes.Patch(
        ns: null, node, Patch.Merge(System.Text.Json.JsonSerializer.SerializeToElement(new { spec = new { unschedulable = isCordoned } })), subresource: null, Ct);

    private Selection Of(string id) => new(fixture.Workspace, $"orrery.dev/workload={id}");

    private async Task<IReadOnlyList<Pod>> Pods(string id) => (await fixture.Cluster.Pods.Page(Of(id), 500, from: null, Ct)).Items;

    /// <summary>Whatever the cluster has of a workload.</summary>
    private async Task<List<string>> Left(string id) =>
    [
        .. (await Pods(id)).Select(pod => $"pod {pod.Metadata.Name}"),
        .. await Names(fixture.Cluster.Services, id), .. await Names(fixture.Cluster.Secrets, id), .. await Names(fixture.Cluster.Deployments, id), .. await Names(fixture.Cluster.StatefulSets, id),
    ];

    private async Task<IEnumerable<string>> Names<T>(ResourceClient<T> resource, string id)
        where T : IKubernetesObject => (await resource.Page(Of(id), 500, from: null, Ct)).Items.Select(item => $"{resource.Type.Plural} {item.Metadata.Name}");

    private async Task CountReady(string id, ConcurrentQueue<int> counts, CancellationToken ct)
    {
        var ready = new Dictionary<string, bool>(StringComparer.Ordinal);
        try
        {
            await foreach (var told in fixture.Cluster.Pods.Watch(Of(id), ct))
            {
                foreach (var pod in Told(told, ready))
                    ready[pod.Metadata.Name!] = pod.Metadata.DeletionTimestamp is null && pod.Status?.Conditions?.Exists(one => one is { Type: "Ready", Status: "True" }) == true;
                counts.Enqueue(ready.Values.Count(isReady => isReady));
            }
        }
        catch (OperationCanceledException)
        {
            // seen enough
        }
    }

    private static IEnumerable<Pod> Told(WatchEvent<Pod> told, Dictionary<string, bool> ready)
    {
        switch (told)
        {
            case WatchEvent<Pod>.Listed listed:
                ready.Clear();
                return listed.Items;
            case WatchEvent<Pod>.Deleted gone:
                ready.Remove(gone.Item.Metadata.Name!);
                return [];
            case WatchEvent<Pod>.Changed changed:
                return [changed.Item];
            default:
                return [];
        }
    }
}

/// <summary>On the double.</summary>
public sealed class DoubleKubernetesTests(DoubleKubernetes fixture) : KubernetesScenarios(fixture), IClassFixture<DoubleKubernetes>;

/// <summary>On a real cluster.</summary>
public sealed class RealKubernetesTests(RealKubernetes fixture) : KubernetesScenarios(fixture), IClassFixture<RealKubernetes>;
