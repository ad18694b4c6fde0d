using Orrery.Contracts.Runs;
using Orrery.Server.Clusters;
using Shouldly;
using Xunit;
using static Orrery.Server.Tests.Clusters.Loop.LoopHarness;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>A cluster that another server acts on, and may leave to this one.</summary>
public sealed class LeaseTests
{
    [Fact]
    public async Task Who_looks_on_knows_everything_and_changes_nothing()
    {
        await using var loop = await Open();
        await LookOn(loop);
        var id = await loop.Create(Job());
        loop.Backend.Plant("orphan", new RunStatus { WorkloadId = "orphan", Run = 1, Phase = RunPhases.Running });
        loop.Runtime.Inbox.Resync();
        await loop.Settle();
        loop.Runtime.State.NodeFacts.ShouldHaveSingleItem();
        loop.Runtime.State.Queue.Contains(id).ShouldBeTrue("its place in the queue can be told");
        (await loop.Row(id)).Phase.ShouldBe(ClusterPhase.Pending);
        loop.Backend.Calls.ShouldBeEmpty();
        loop.Backend.Has("orphan").ShouldBeTrue();
    }

    [Fact]
    public async Task Who_takes_over_acts_on_what_there_is()
    {
        await using var loop = await Open();
        var running = await loop.CreateRunning(Job("running"));
        await LookOn(loop);
        var waiting = await loop.Create(Job("waiting"));
        await loop.Settle();
        loop.Backend.Plant("orphan", new RunStatus { WorkloadId = "orphan", Run = 1, Phase = RunPhases.Running });
        loop.Backend.Show(running, RunPhases.Succeeded);
        await loop.Settle();
        (await loop.Row(running)).Phase.ShouldBe(ClusterPhase.Running, "whoever acts writes that");
        loop.Lease.Gain();
        await loop.UntilPhase(running, ClusterPhase.Succeeded);
        await loop.Runs(waiting);
        await loop.Holds(() => !loop.Backend.Has("orphan"), "the orphan's end", moving: true);
    }

    [Fact]
    public async Task Who_loses_it_stops()
    {
        await using var loop = await Open();
        await loop.CreateRunning(Job());
        loop.Lease.Lose();
        await loop.Ended.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_is_written_by_who_has_lost_it_without_knowing()
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job());
        loop.Lease.IsTaken = true;
        loop.Backend.Show(id, RunPhases.Succeeded);
        await loop.Holds(() => loop.Lease.Refusals > 0, "a refused commit");
        (await loop.Row(id)).Phase.ShouldBe(ClusterPhase.Running);
        loop.Lease.IsTaken = false; // it was a rumour: what was told meanwhile is not lost
        await loop.UntilPhase(id, ClusterPhase.Succeeded, moving: true);
    }

    /// <summary>The server starts again, beside one that acts.</summary>
    private static async Task LookOn(LoopHarness loop)
    {
        await loop.Halt();
        loop.Lease.LookOn();
        loop.Run();
        await loop.Holds(() => loop.Runtime.Sync.InTouch, "the first snapshot");
        await loop.Settle();
    }
}
