using Orrery.Contracts.Runs;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Store;
using Shouldly;
using Xunit;
using static Orrery.Server.Tests.Clusters.Loop.LoopHarness;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>The database refuses, or somebody else is first.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData(RunPhases.Running, ClusterPhase.Running)]
    [InlineData(RunPhases.Succeeded, ClusterPhase.Succeeded)]
    [InlineData(RunPhases.Failed, ClusterPhase.Failed)]
    public async Task A_row_that_an_endpoint_changed_in_between_is_looked_at_again(string shown, string phase)
    {
        await using var loop = await Open();
        var id = await loop.Create(Job());
        await loop.Holds(() => loop.Backend.Has(id), "the run");
        await loop.Settle();
        var first = 1;
        loop.Faults.BeforeWrite = async () =>
        {
            if (Interlocked.Exchange(ref first, 0) == 1)
                await loop.Change(id, row => row with { Description = "changed in between" }, tells: false);
        };
        loop.Backend.Show(id, shown);
        var row = await loop.UntilPhase(id, phase);
        (row.Description, row.Run).ShouldBe(("changed in between", 1));
        first.ShouldBe(0);
    }

    [Fact]
    public async Task An_admission_that_lost_against_a_stop_never_reaches_the_backend()
    {
        await using var loop = await Open();
        var first = 1;
        var row = loop.NewRow(Job());
        loop.Faults.BeforeWrite = async () =>
        {
            if (Interlocked.Exchange(ref first, 0) == 1)
                await loop.End(row.Id, EndingReason.Stop);
        };
        await loop.Create(row);
        (await loop.UntilPhase(row.Id, ClusterPhase.Stopped)).Run.ShouldBe(0);
        await loop.Settle();
        loop.Backend.Calls.ShouldBeEmpty();
        await loop.Runs(await loop.Create(Job("next", 4000))); // its room is free again
    }

    [Fact]
    public async Task When_a_commit_fails_the_loop_starts_again_from_the_database()
    {
        await using var loop = await Open();
        var (ends, waits) = (await loop.CreateRunning(Job("ends", 4000)), await loop.Create(Job("waits", 4000)));
        await loop.Settle();
        var failures = 3;
        loop.Faults.BeforeWrite = () => Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("the disk is gone") : Task.CompletedTask;
        loop.Backend.Show(ends, RunPhases.Succeeded);
        await loop.UntilPhase(ends, ClusterPhase.Succeeded, moving: true);
        await loop.Holds(() => loop.Backend.Has(waits), "the next run", moving: true);
        failures.ShouldBeLessThan(0);
        loop.Backend.Calls.Count(call => call.StartsWith($"apply {waits}")).ShouldBe(1);
    }

    [Fact]
    public async Task What_the_backend_told_is_not_lost_with_a_turn_whose_read_failed()
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job());
        await loop.Settle();
        var (reads, hold) = (0, new TaskCompletionSource());
        loop.Faults.BeforeRead = () => Interlocked.Increment(ref reads) switch
        {
            1 => hold.Task, // the turn of the first touch: its row, then its pods
            3 => throw new IOException("the disk is gone"), // that of the second, which takes the report with it
            _ => Task.CompletedTask,
        };
        loop.Runtime.Inbox.Touch(id);
        await loop.Holds(() => reads == 1, "the first read");
        loop.Runtime.Inbox.Report(new BackendReport.Change(new RunStatus { WorkloadId = id, Run = 1, Phase = RunPhases.Succeeded }));
        loop.Runtime.Inbox.Touch(id);
        hold.SetResult();
        await loop.UntilPhase(id, ClusterPhase.Succeeded, moving: true);
    }

    [Fact]
    public async Task Calls_that_the_backend_refuses_are_made_again_and_say_so_meanwhile()
    {
        await using var loop = await Open();
        loop.Backend.Refuses = 3;
        var id = await loop.Create(Job());
        await loop.Holds(() => loop.Runtime.State.Find(id)?.Problem is not null, "the problem to be known");
        await loop.Holds(() => loop.Backend.Has(id), "the run", moving: true);
        await loop.Runs(id);
        loop.Runtime.State.Find(id)!.Problem.ShouldBeNull();
    }
}
