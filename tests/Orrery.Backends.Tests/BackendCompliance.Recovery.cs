using Orrery.Backends.Tests.Support;
using Orrery.Contracts.Runs;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>The server is killed and comes back; pods go on.</summary>
public abstract partial class BackendCompliance
{
    [Fact]
    public async Task The_first_word_is_all_there_is()
    {
        var (running, ended, removed) = (Run(Sleeps), Run("exit 6"), Run("true"));
        foreach (var run in new[] { running, ended, removed })
            await Apply(run);
        var before = await server.Until(running.WorkloadId, RunPhases.Running);
        await server.Until(ended.WorkloadId, RunPhases.Failed);
        await server.Until(removed.WorkloadId, RunPhases.Succeeded);
        await Remove(removed);
        await server.Until(removed.WorkloadId, RunPhases.Removed);
        await Restart();
        var snapshot = await server.Snapshot();
        snapshot.Nodes.ShouldContain(node => node.Name == place.NodeName && node.Capacity.CpuMillis > 0 && node.Capacity.MemoryBytes > 0);
        snapshot.Runs.Single(run => run.WorkloadId == running.WorkloadId).Pods.ShouldBe(before.Pods);
        snapshot.Runs.Single(run => run.WorkloadId == ended.WorkloadId).Pods.Single().ExitCode.ShouldBe(6);
        snapshot.Runs.ShouldNotContain(run => run.WorkloadId == removed.WorkloadId);
    }

    [Fact]
    public async Task What_ends_while_no_server_looks_is_known_afterwards()
    {
        var run = Run("echo up; sleep 0.5; echo last; exit 7", replicas: 2);
        var service = Run("echo start; sleep 0.3; exit 1", WorkloadKinds.Deployment);
        await Apply(run);
        await Apply(service);
        await server.UntilLogged(Pod(run), "up");
        await Restart(() => Watched.Eventually(() => place.Left(run.WorkloadId).Count == 0, "the end of the job"));
        var status = await server.Until(run.WorkloadId, RunPhases.Failed);
        status.Pods.ShouldContain(pod => pod.ExitCode == 7);
        (await server.Lines(Pod(run, status.Pods.First(pod => pod.ExitCode == 7).Rank))).ShouldBe(["up", "last"]);
        await server.Until(service.WorkloadId, one => one.Pods.Any(pod => pod.Restarts > 0), "restarts without a server");
    }

    [Fact]
    public async Task A_run_applied_just_before_a_kill_is_not_forgotten_nor_made_twice()
    {
        var run = Run("echo up; sleep 0.5");
        await Apply(run);
        await Restart();
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        (await server.Lines(Pod(run))).ShouldBe(["up"]);
    }

    [Fact]
    public async Task A_removal_asked_just_before_a_kill_comes_true()
    {
        var run = Run(Sleeps);
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Running);
        await Remove(run);
        await Restart();
        await Nothing(run);
        await Watched.Eventually(() => server.Told(run.WorkloadId) is [] or [.., { Phase: RunPhases.Removed }], "its removal");
    }
}
