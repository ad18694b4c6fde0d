using System.Collections.Concurrent;
using Orrery.EndToEnd.Clusters;
using Orrery.Kubernetes.Objects;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>Workloads of every kind.</summary>
public abstract partial class KubernetesScenarios
{
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
}
