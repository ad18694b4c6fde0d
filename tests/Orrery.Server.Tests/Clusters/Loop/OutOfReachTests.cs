using Orrery.Contracts.Runs;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Store;
using Shouldly;
using Xunit;
using static Orrery.Server.Tests.Clusters.Loop.LoopHarness;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>The backend goes away and comes back.</summary>
public sealed class OutOfReachTests
{
    [Theory]
    [InlineData(EndingReason.Stop)]
    [InlineData(EndingReason.Delete)]
    public async Task What_is_ended_meanwhile_stays_as_it_is_until_the_backend_is_back(string reason)
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job());
        await Lose(loop);
        await loop.End(id, reason);
        await loop.Settle();
        var row = await loop.Row(id);
        (row.Phase, row.Held, row.Ending).ShouldBe((ClusterPhase.Running, Holding.Live, reason));
        loop.Backend.Has(id).ShouldBeTrue();
        loop.Backend.Back();
        if (reason == EndingReason.Delete)
            await loop.UntilGone(id, moving: true);
        else
            await loop.UntilPhase(id, ClusterPhase.Stopped, moving: true);
        loop.Backend.Has(id).ShouldBeFalse();
        if (reason == EndingReason.Delete)
            await loop.Holds(() => loop.Backend.Calls.Contains($"discard {id}"), "its logs to go");
    }

    [Fact]
    public async Task Inputs_that_are_missing_are_waited_for()
    {
        await using var loop = await Open();
        loop.Backend.LacksInputs = true;
        var id = await loop.Create(Job());
        await UntilSaid(loop, id, "in/model");
        (await loop.Row(id)).Phase.ShouldBe(ClusterPhase.Pending);
        loop.Backend.LacksInputs = false;
        await loop.Holds(() => loop.Backend.Calls.Contains($"apply {id} 1"), "the run", moving: true);
    }

    [Fact]
    public async Task A_run_whose_inputs_are_lost_fails_in_the_end_and_holds_nothing()
    {
        await using var loop = await Open();
        loop.Backend.LacksInputs = true;
        var lost = await loop.Create(Job(cpu: 4000));
        await UntilSaid(loop, lost, "in/model");
        loop.Clock.Advance(TimeSpan.FromSeconds(new ClusterOptions().InputsPatienceS));
        (await loop.UntilPhase(lost, ClusterPhase.Failed, moving: true)).Message.ShouldBe("its inputs are lost: in/model is not in the server's storage");
        loop.Backend.LacksInputs = false;
        var next = await loop.Create(Job(cpu: 4000));
        await loop.Holds(() => loop.Backend.Calls.Contains($"apply {next} 1"), "the room to be free", moving: true);
        await loop.Until(lost, row => row.Held == Holding.None, moving: true);
        loop.Backend.Calls.Count(call => call == $"remove {lost}").ShouldBeLessThan(5);
    }

    [Fact]
    public async Task Runs_that_cannot_begin_hold_up_no_others()
    {
        await using var loop = await Open();
        loop.Backend.LacksInputs = true;
        for (var i = 0; i < 20; i++)
            await UntilSaid(loop, await loop.Create(Job($"lost-{i}", cpu: 100)), "in/model");
        loop.Backend.LacksInputs = false;
        var next = await loop.Create(Job("next", cpu: 100));
        await loop.Holds(() => loop.Backend.Calls.Contains($"apply {next} 1"), "the next run"); // while the others wait, and no time passes
    }

    [Fact]
    public async Task A_live_run_that_is_missing_afterwards_has_failed()
    {
        await using var loop = await Open();
        var (tried, last) = (await loop.CreateRunning(Job("tried") with { MaxRetry = 1 }), await loop.CreateRunning(Job("last")));
        await Lose(loop);
        loop.Backend.Plant(tried, null);
        loop.Backend.Plant(last, null);
        loop.Backend.Back();
        (await loop.UntilPhase(last, ClusterPhase.Failed, moving: true)).Message.ShouldContain("removed by someone else");
        (await loop.Until(tried, row => row.FailedRuns == 1, moving: true)).Held.ShouldBe(Holding.None);
        await loop.Holds(() => loop.Backend.Calls.Contains($"apply {tried} 2"), "the retry", moving: true);
    }

    [Fact]
    public async Task What_nobody_knows_is_removed_and_what_was_ended_meanwhile_too()
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job());
        await Lose(loop);
        loop.Backend.Plant("orphan", new RunStatus { WorkloadId = "orphan", Run = 1, Phase = RunPhases.Running });
        loop.Backend.Back();
        await loop.Holds(() => !loop.Backend.Has("orphan"), "the orphan's end", moving: true);
        (await loop.Row(id)).Phase.ShouldBe(ClusterPhase.Running);
        loop.Backend.Calls.ShouldNotContain($"remove {id}");
    }

    [Fact]
    public async Task What_was_admitted_meanwhile_is_asked_for_once_it_is_back()
    {
        await using var loop = await Open();
        await Lose(loop);
        var id = await loop.Create(Job());
        await loop.Settle();
        loop.Backend.Calls.ShouldBeEmpty();
        loop.Backend.Back();
        await loop.Holds(() => loop.Backend.Has(id), "the run", moving: true);
        await loop.Runs(id, (await loop.Row(id)).Run);
        (await loop.Row(id)).FailedRuns.ShouldBe(0);
    }

    [Fact]
    public async Task What_ended_meanwhile_is_told_by_the_snapshot()
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job());
        await Lose(loop);
        loop.Backend.Show(id, RunPhases.Succeeded);
        await loop.Settle();
        (await loop.Row(id)).Phase.ShouldBe(ClusterPhase.Running);
        loop.Backend.Back();
        await loop.UntilPhase(id, ClusterPhase.Succeeded, moving: true);
    }

    private static async Task Lose(LoopHarness loop)
    {
        loop.Backend.Away();
        await loop.Holds(() => !loop.Runtime.Sync.InTouch, "the loss to be known");
    }

    private static Task UntilSaid(LoopHarness loop, string id, string text) =>
        loop.Holds(() => loop.Runtime.State.Find(id)?.Problem?.Contains(text, StringComparison.Ordinal) == true, $"'{text}'", moving: true);
}
