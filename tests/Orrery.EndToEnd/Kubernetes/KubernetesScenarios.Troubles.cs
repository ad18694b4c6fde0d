using Orrery.EndToEnd.Clusters;
using Orrery.Kubernetes.Objects;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>Nodes that are cordoned, an API server that is away, others who delete, a server that is killed.</summary>
public abstract partial class KubernetesScenarios
{
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
}
