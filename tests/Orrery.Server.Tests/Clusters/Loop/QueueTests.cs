using Orrery.Contracts.Runs;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Store;
using Shouldly;
using Xunit;
using static Orrery.Server.Tests.Clusters.Loop.LoopHarness;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>Who starts, who waits, who makes room.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task A_workload_of_another_cluster_is_left_to_it()
    {
        await using var loop = await Open();
        var theirs = await loop.Create(loop.NewRow(Job("theirs")) with { ClusterId = "elsewhere" });
        loop.Runtime.Inbox.Touch(theirs);
        var ours = await loop.CreateRunning(Job("ours"));
        await loop.Settle();
        loop.Backend.Calls.ShouldBe([$"apply {ours} 1"]);
        loop.Runtime.State.Find(theirs).ShouldBeNull();
        (await loop.Row(theirs)).Phase.ShouldBe(ClusterPhase.Pending);
    }

    [Fact]
    public async Task A_chain_of_dependencies_runs_in_order_and_fails_together()
    {
        await using var loop = await Open();
        var first = await loop.Create(Job("first"));
        var second = await loop.Create(Job("second") with { Dependencies = [first] });
        var third = await loop.Create(Job("third") with { Dependencies = [second, first] });
        var fourth = await loop.Create(Job("fourth") with { Dependencies = [third] });
        await loop.Runs(first);
        await loop.Settle();
        (await loop.Row(second)).Run.ShouldBe(0);
        loop.Backend.Show(first, RunPhases.Succeeded);
        await loop.Runs(second);
        loop.Backend.Show(second, RunPhases.Failed, "rank 0 exited with code 1");
        (await loop.UntilPhase(third, ClusterPhase.Failed, moving: true)).Message.ShouldContain(second);
        (await loop.UntilPhase(fourth, ClusterPhase.Failed, moving: true)).Message.ShouldContain(third);
        (await loop.Row(third)).Run.ShouldBe(0);
        (await loop.Row(fourth)).Run.ShouldBe(0);
    }

    [Fact]
    public async Task A_higher_priority_ends_a_lower_one_which_loses_no_retry()
    {
        await using var loop = await Open(Workspace("busy", preemption: true));
        var low = await loop.CreateRunning(Job("low", 4000, "busy"));
        loop.Advance(7);
        loop.Backend.IsSlow = true;
        var high = await loop.Create(Job("high", 4000, "busy") with { Priority = 2 });
        await loop.Until(low, row => row.Ending == EndingReason.Preempt);
        await loop.Holds(() => loop.Backend.Calls.Contains($"remove {low}"), "the removal");
        await loop.Settle();
        (await loop.Row(high)).Run.ShouldBe(0, "its room is not free yet");
        (await loop.Row(low)).Phase.ShouldBe(ClusterPhase.Running);
        loop.Backend.FinishRemovals();
        var victim = await loop.UntilPhase(low, ClusterPhase.Pending);
        (victim.FailedRuns, victim.RanUs, victim.Held, victim.Ending).ShouldBe((0, 7_000_000, Holding.None, null));
        victim.Message.ShouldContain(high);
        ConditionLog.Has(victim.Conditions, ConditionTypes.AdminFailover, 1).ShouldBeTrue();
        loop.Backend.IsSlow = false;
        await loop.Runs(high);
        loop.Backend.Show(high, RunPhases.Succeeded);
        await loop.Runs(low, 2);
        (await loop.Row(low)).FailedRuns.ShouldBe(0);
    }

    [Fact]
    public async Task Borrowed_quota_is_taken_back_after_a_while()
    {
        await using var loop = await Open(Workspace("lender", "g", quota: 2000), Workspace("borrower", "g", quota: 2000, borrowing: 2000));
        var borrowed = await loop.CreateRunning(Job("borrowed", 4000, "borrower"));
        var own = await loop.Create(Job("own", 2000, "lender"));
        await loop.Settle(); // it is seen to wait
        loop.Advance(59);
        await loop.Settle();
        (await loop.Row(borrowed)).Ending.ShouldBeNull();
        loop.Advance(2);
        await loop.Runs(own);
        (await loop.Row(borrowed)).Phase.ShouldBe(ClusterPhase.Pending);
        await loop.Settle();
        (await loop.Row(borrowed)).Run.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_restart_nothing_is_admitted_twice()
    {
        await using var loop = await Open();
        var running = await loop.CreateRunning(Job("running", 3000));
        var admitted = await loop.Create(Job("admitted"));
        await loop.Holds(() => loop.Backend.Has(admitted), "the second run");
        var waits = await loop.Create(Job("waits", 3000));
        await loop.Settle();
        loop.Backend.Away();
        await loop.Restart();
        loop.Advance(1);
        var small = await loop.Create(Job("small"));
        loop.Backend.Back();
        await loop.Holds(() => loop.Runtime.Sync.InTouch, "the backend again", moving: true);
        await loop.Settle();
        foreach (var (id, run) in new[] { (running, 1), (admitted, 1), (waits, 0), (small, 0) })
            (await loop.Row(id)).Run.ShouldBe(run, id);
        loop.Backend.Show(running, RunPhases.Succeeded);
        await loop.Runs(waits);
        loop.Backend.Calls.Count(call => call == $"apply {running} 1").ShouldBe(1);
    }

    [Fact]
    public async Task One_that_was_preempted_before_it_began_and_is_stopped_right_after_its_next_start_leaves_nothing()
    {
        await using var loop = await Open();
        var id = await loop.Create(Job());
        await loop.Holds(() => loop.Backend.Has(id), "the run");
        loop.Backend.Plant(id, null); // so that its removal tells that there never was one
        loop.Backend.IsMute = true;
        await loop.End(id, EndingReason.Preempt);
        await loop.Until(id, row => row is { Run: 2, Ending: null });
        await loop.Holds(() => loop.Backend.Calls.Contains($"apply {id} 2"), "the second run");
        loop.Backend.IsSlow = true;
        await loop.End(id, EndingReason.Stop);
        await loop.Holds(() => loop.Backend.Calls.Count(call => call == $"remove {id}") == 2, "its removal");
        await loop.Settle();
        (await loop.Row(id)).Ending.ShouldBe(EndingReason.Stop);
        loop.Backend.FinishRemovals();
        await loop.UntilPhase(id, ClusterPhase.Stopped);
        loop.Backend.Has(id).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_finds_no_node_at_its_backend_waits_again_without_using_a_retry()
    {
        await using var loop = await Open();
        var id = await loop.Create(Job());
        await loop.Holds(() => loop.Backend.Has(id), "the run");
        loop.Backend.Show(id, status => status with { Unplaceable = "0/3 nodes are available" });
        await loop.Holds(() => loop.Backend.Calls.Contains($"remove {id}"), "its removal");
        await loop.Runs(id, 2);
        var row = await loop.Row(id);
        row.FailedRuns.ShouldBe(0);
        row.Conditions.ShouldContain("0/3 nodes are available");
        (await loop.Events(id)).ShouldContain("cluster_workload.unplaceable");
    }

    [Fact]
    public async Task A_run_of_which_a_killed_server_made_a_part_is_asked_for_once_more()
    {
        await using var loop = await Open();
        var (partial, whole) = (await loop.CreateRunning(Job("partial")), await loop.CreateRunning(Job("whole")));
        loop.Backend.Show(partial, status => status with { IsPartial = true });
        await loop.Restart();
        await loop.Holds(() => loop.Backend.Calls.Count(call => call == $"apply {partial} 1") == 2, "the run to be asked for again");
        await loop.Settle();
        loop.Backend.Calls.Count(call => call == $"apply {whole} 1").ShouldBe(1);
    }
}
