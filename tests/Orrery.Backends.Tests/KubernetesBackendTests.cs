using System.Text.Json;
using Orrery.Backends.Tests.Support;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Testing;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Backends;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>What only Kubernetes does: others who change the cluster, an API server that goes away, nodes, quotas.</summary>
public sealed class KubernetesBackendTests : IAsyncLifetime
{
    private const string Workspace = "team";
    private DoubleCluster? cluster;
    private Watched? server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Watched Server => server!;

    private KubernetesClient Looker => cluster!.Looker;

    public async ValueTask InitializeAsync()
    {
        cluster = await DoubleCluster.Start();
        server = await cluster.Open(most: id => id == Workspace ? new ResourceLimits(3000, 1L << 30, null) : null);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await cluster!.DisposeAsync();
    }

    [Fact]
    public async Task A_pod_that_someone_else_deletes_fails_the_run_and_the_others_are_ended()
    {
        var run = Job("echo up; exec sleep 1000", replicas: 2);
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Running);
        await Looker.Pods.Delete(Workspace, run.Replicas[1].PodId, new DeleteOptions { GracePeriodSeconds = 0 }, Ct);
        (await Server.Until(run.WorkloadId, RunPhases.Failed)).Message.ShouldBe("rank 1: its pod was deleted by someone else");
        await Watched.Eventually(() => Looker.Pods.Page(new Selection(Workspace), 10, from: null, Ct).GetAwaiter().GetResult().Items.Count == 0, "the end of the other's object");
    }

    [Fact]
    public async Task A_controller_that_someone_else_deletes_fails_the_service()
    {
        var run = Job("exec sleep 1000") with { Kind = WorkloadKinds.Deployment };
        await Server.Backend.Apply(run, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Running);
        await Looker.Deployments.Delete(Workspace, run.WorkloadId, new DeleteOptions(), Ct);
        (await Server.Until(run.WorkloadId, RunPhases.Failed)).Message.ShouldContain("deleted by someone else");
    }

    [Fact]
    public async Task An_API_server_that_is_away_changes_no_phase_and_what_happened_meanwhile_is_told_after()
    {
        var lasting = Job("exec sleep 1000");
        var ending = Job("while [ ! -e /proc/self/cwd/never ] && [ $(($(date +%s) - $START)) -lt 2 ]; do sleep 0.1; done; exit 3") with { Env = new Dictionary<string, string> { ["START"] = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}" } };
        await Server.Backend.Apply(lasting, Ct);
        await Server.Backend.Apply(ending, Ct);
        await Server.Until(lasting.WorkloadId, RunPhases.Running);
        var away = TimeProvider.System.GetUtcNow();
        await cluster!.Api.Interrupt(() => Watched.Eventually(() => TimeProvider.System.GetUtcNow() > away.AddSeconds(3), "three seconds"));
        (await Server.Until(ending.WorkloadId, RunPhases.Failed)).Pods.ShouldHaveSingleItem().ExitCode.ShouldBe(3);
        Server.Told(lasting.WorkloadId).SkipWhile(told => told.Phase != RunPhases.Running).ShouldAllBe(told => told.Phase == RunPhases.Running);
    }

    [Fact]
    public async Task A_run_that_finds_no_node_is_told_unplaceable_once_it_has_waited()
    {
        var run = Job("true") with { Resources = new ReplicaResources(1_000_000, 1 << 20, 0, 0, 0) };
        await Server.Backend.Apply(run, Ct);
        var status = await Server.Until(run.WorkloadId, told => told.Unplaceable is not null, "that it finds no node");
        status.Phase.ShouldBe(RunPhases.Pending);
        status.Unplaceable!.ShouldContain("nodes are available");
        Server.Told(run.WorkloadId)[0].Unplaceable.ShouldBeNull();
    }

    [Fact]
    public async Task What_the_cluster_finds_invalid_fails_and_says_why()
    {
        var run = Job("true") with { Image = "" };
        await Server.Backend.Apply(run, Ct);
        (await Server.Until(run.WorkloadId, RunPhases.Failed)).Message.ShouldContain("invalid");
    }

    [Fact]
    public async Task A_workspace_is_a_namespace_with_its_quota_and_variables_are_in_a_secret()
    {
        var run = Job("exec sleep 1000") with { Env = new Dictionary<string, string> { ["TOKEN"] = "hidden" } };
        await Server.Backend.Apply(run, Ct);
        var quota = await Looker.ResourceQuotas.Get(Workspace, "orrery", Ct);
        quota.Spec!.Hard!.ShouldBe(new Dictionary<string, string> { ["requests.cpu"] = "3000m", ["requests.memory"] = $"{1L << 30}" }, ignoreOrder: true);
        var pod = await Looker.Pods.Get(Workspace, run.Replicas[0].PodId, Ct);
        JsonSerializer.Serialize(pod, KubernetesJson.Default.Pod).ShouldNotContain("hidden");
        pod.Metadata.OwnerReferences.ShouldNotBeNull().ShouldHaveSingleItem().Kind.ShouldBe("Secret");
    }

    [Fact]
    public async Task The_first_run_in_a_new_namespace_waits_until_pods_may_be_made_there()
    {
        await using var slow = await DoubleCluster.Start(new ApiServerDoubleOptions { AccountPause = TimeSpan.FromSeconds(1.5) });
        await using var opened = await slow.Open();
        var run = Job("echo done");
        await opened.Backend.Apply(run, Ct);
        await opened.Until(run.WorkloadId, RunPhases.Succeeded);
        slow.Api.Requests.Count(request => request.StartsWith($"POST /api/v1/namespaces/{Workspace}/pods", StringComparison.Ordinal)).ShouldBeGreaterThan(1, "the first was refused");
    }

    [Fact]
    public async Task Pods_of_others_take_room_and_are_left_alone()
    {
        var snapshot = await Server.Snapshot();
        var before = snapshot.Nodes.ShouldHaveSingleItem().Capacity;
        await Looker.Namespaces.Create(new Namespace { Metadata = new ObjectMeta { Name = Workspace } }, Ct);
        await Watched.Eventually(() => Looker.ServiceAccounts.Find(Workspace, "default", Ct).GetAwaiter().GetResult() is not null, "the service account");
        var labels = new Dictionary<string, string> { ["orrery.dev/workload"] = "w-theirs", ["orrery.dev/instance"] = "orrery-2", ["orrery.dev/run"] = "1" };
        var resources = new ResourceRequirements { Requests = new() { ["cpu"] = "250m", ["memory"] = "64Mi" } };
        await Looker.Pods.Create(
            new Pod { Metadata = new ObjectMeta { Name = "theirs", Namespace = Workspace, Labels = labels }, Spec = new PodSpec { Containers = [new Container { Name = "main", Image = "x", Command = ["sleep", "1000"], Resources = resources }] } }, Ct);
        await Watched.Eventually(() => Server.Nodes is [var node] && node.Capacity.CpuMillis == before.CpuMillis - 250 && node.Capacity.MemoryBytes == before.MemoryBytes - (64 << 20), "less room");
        Server.Told("w-theirs").ShouldBeEmpty();
        await Server.Backend.Remove("w-theirs", Ct);
        (await Looker.Pods.Get(Workspace, "theirs", Ct)).Metadata.DeletionTimestamp.ShouldBeNull();
    }

    [Fact]
    public async Task That_a_node_is_cordoned_is_told()
    {
        await Looker.Nodes.Patch(ns: null, "node-1", Patch.Merge(JsonDocument.Parse("""{"spec":{"unschedulable":true}}""").RootElement), subresource: null, Ct);
        await Watched.Eventually(() => Server.Nodes is [{ Schedulable: false }], "the cordon");
    }

    [Fact]
    public async Task Whose_list_it_is_is_asked_before_it_replaces_what_is_known()
    {
        var confirms = 0;
        await using var opened = await cluster!.Open(acts: false, confirm: _ => Task.FromResult(Interlocked.Increment(ref confirms)));
        confirms.ShouldBe(1);
        await Looker.Namespaces.Create(new Namespace { Metadata = new ObjectMeta { Name = "some" } }, Ct);
        cluster.Api.Compact();
        cluster.Api.EndWatches();
        await Watched.Eventually(() => Volatile.Read(ref confirms) > 1, "a list that is told anew");
    }

    [Fact]
    public async Task Who_looks_on_is_told_everything_and_changes_nothing()
    {
        await using var onlooker = await cluster!.Open(acts: false);
        var run = Job("echo up; [ $RANK = 0 ] || exec sleep 1000; sleep 1; exit 3", replicas: 2);
        await Server.Backend.Apply(run, Ct);
        await onlooker.Until(run.WorkloadId, RunPhases.Running);
        await onlooker.UntilLogged(new PodRef(run.WorkloadId, Workspace, run.Replicas[1].PodId), "up");
        (await Server.Until(run.WorkloadId, RunPhases.Failed)).Pods.ShouldAllBe(pod => pod.Phase == PodPhases.Failed, "whoever acts ends the others");
        await Server.Backend.Remove(run.WorkloadId, Ct);
        await Server.Until(run.WorkloadId, RunPhases.Removed);
        await onlooker.Until(run.WorkloadId, RunPhases.Removed);
    }

    private static RunSpec Job(string script, int replicas = 1)
    {
        var id = $"w-{Guid.NewGuid():N}"[..14];
        return new RunSpec
        {
            WorkloadId = id,
            WorkspaceId = Workspace,
            Run = 1,
            Kind = WorkloadKinds.PyTorchJob,
            EntryPoint = script,
            Image = "localhost/busybox:1",
            Resources = new ReplicaResources(100, 16 << 20, 0, 0, 0),
            Replicas = [.. Enumerable.Range(0, replicas).Select(rank => new ReplicaSpec(rank, $"{id}-1-{rank}", "node-1"))],
            GraceS = 0.5,
        };
    }
}
