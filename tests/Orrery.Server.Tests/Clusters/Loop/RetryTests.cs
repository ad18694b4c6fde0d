using Orrery.Contracts.Runs;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Store;
using Shouldly;
using Xunit;
using static Orrery.Server.Tests.Clusters.Loop.LoopHarness;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>What happens after times: retries, timeouts, starts, ends of being kept.</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task Failed_runs_are_tried_again_after_1_2_4_seconds_and_then_it_fails()
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job() with { MaxRetry = 3 });
        foreach (var (failed, wait) in new[] { (1, 1), (2, 2), (3, 4) })
        {
            loop.Backend.Show(id, RunPhases.Failed, "rank 0 exited with code 9");
            var row = await loop.Until(id, one => one.FailedRuns == failed);
            (row.Phase, row.NotBefore).ShouldBe((ClusterPhase.Pending, loop.Clock.GetUtcNow().AddSeconds(wait)));
            row.Message.ShouldBe($"run {failed} failed (rank 0 exited with code 9); retry {failed} of 3 in {wait} s");
            loop.Advance(wait - 0.1);
            await loop.Settle();
            (await loop.Row(id)).Run.ShouldBe(failed);
            loop.Advance(0.1);
            await loop.Runs(id, failed + 1);
        }
        loop.Backend.Show(id, RunPhases.Failed, "rank 0 exited with code 9");
        var ended = await loop.UntilPhase(id, ClusterPhase.Failed);
        (ended.Run, ended.FailedRuns, ended.Message).ShouldBe((4, 4, "rank 0 exited with code 9"));
        (await loop.Pods(id)).Select(pod => (pod.Run, pod.Phase)).ShouldBe(Enumerable.Range(1, 4).Select(run => (run, PodPhases.Failed)));
        loop.Backend.Calls.ShouldBe(Enumerable.Range(1, 4).Select(run => $"apply {id} {run}"));
    }

    [Fact]
    public async Task The_timeout_counts_running_time_only_over_all_runs()
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job() with { MaxRetry = 1, TimeoutS = 10 });
        loop.Advance(6);
        loop.Backend.Show(id, RunPhases.Failed);
        (await loop.Until(id, row => row.FailedRuns == 1)).RanUs.ShouldBe(6_000_000);
        loop.Advance(1);
        await loop.Runs(id, 2);
        loop.Advance(3.9);
        await loop.Settle();
        (await loop.Row(id)).Ending.ShouldBeNull();
        loop.Advance(0.1);
        var row = await loop.UntilPhase(id, ClusterPhase.Stopped);
        (row.RanUs, row.Held, row.Message).ShouldBe((10_000_000, Holding.None, "timed out: it ran for its timeout of 10 s"));
        loop.Backend.Has(id).ShouldBeFalse();
        (await loop.Events(id)).ShouldContain("cluster_workload.timed_out");
    }

    [Fact]
    public async Task An_ended_one_is_removed_after_its_time_to_live()
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job() with { TtlS = 60 });
        loop.Backend.Show(id, RunPhases.Succeeded);
        (await loop.UntilPhase(id, ClusterPhase.Succeeded)).Held.ShouldBe(Holding.Kept);
        loop.Advance(59);
        await loop.Settle();
        loop.Backend.Has(id).ShouldBeTrue();
        loop.Advance(1);
        (await loop.Until(id, row => row.Held == Holding.None)).Phase.ShouldBe(ClusterPhase.Succeeded);
        loop.Backend.Has(id).ShouldBeFalse();
        await loop.Settle();
        loop.Runtime.State.Find(id).ShouldBeNull();
    }

    [Fact]
    public async Task A_delayed_start_is_kept_to_the_second()
    {
        await using var loop = await Open();
        var id = await loop.Create(Job() with { StartAt = Start.AddMinutes(5) });
        loop.Advance(299);
        await loop.Settle();
        (await loop.Row(id)).Run.ShouldBe(0);
        loop.Advance(1);
        await loop.Runs(id);
        (await loop.Row(id)).StartedAt.ShouldBe(Start.AddMinutes(5));
    }

    [Fact]
    public async Task A_service_that_failed_is_not_tried_again_and_one_not_ready_stops_its_clock()
    {
        await using var loop = await Open();
        var id = await loop.CreateRunning(Job(kind: WorkloadKinds.Deployment) with { TimeoutS = 100 });
        loop.Advance(5);
        loop.Backend.Show(id, RunPhases.NotReady, "no replica is ready");
        var row = await loop.UntilPhase(id, ClusterPhase.NotReady);
        (row.RanUs, row.RunningSince, row.Message).ShouldBe((5_000_000, (DateTimeOffset?)null, "no replica is ready"));
        loop.Advance(200);
        await loop.Settle();
        loop.Backend.Show(id, RunPhases.Running);
        await loop.UntilPhase(id, ClusterPhase.Running);
    }
}
