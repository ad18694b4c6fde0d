using Orrery.Contracts.Runs;
using Orrery.Scheduling;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Store;
using Shouldly;
using Xunit;
using static Orrery.Server.Tests.Clusters.Loop.Entries;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>How runs end, begin and are evicted: <see cref="RunEnds"/>, <see cref="Admissions"/>, <see cref="ConditionLog"/>.</summary>
public sealed class RunEndTests
{
    [Theory]
    [InlineData(0, 0, WorkloadKinds.PyTorchJob, ClusterPhase.Failed, null)]
    [InlineData(0, 3, WorkloadKinds.PyTorchJob, ClusterPhase.Pending, 1)]
    [InlineData(1, 3, WorkloadKinds.PyTorchJob, ClusterPhase.Pending, 2)]
    [InlineData(2, 3, WorkloadKinds.PyTorchJob, ClusterPhase.Pending, 4)]
    [InlineData(3, 3, WorkloadKinds.PyTorchJob, ClusterPhase.Failed, null)]
    [InlineData(5, 50, WorkloadKinds.PyTorchJob, ClusterPhase.Pending, 32)]
    [InlineData(6, 50, WorkloadKinds.PyTorchJob, ClusterPhase.Pending, 60)]
    [InlineData(49, 50, WorkloadKinds.PyTorchJob, ClusterPhase.Pending, 60)]
    [InlineData(50, 50, WorkloadKinds.PyTorchJob, ClusterPhase.Failed, null)]
    [InlineData(0, 3, WorkloadKinds.Deployment, ClusterPhase.Failed, null)]
    [InlineData(0, 3, WorkloadKinds.StatefulSet, ClusterPhase.Failed, null)]
    public void A_failed_run_is_tried_again_while_retries_are_left(int failed, int retries, string kind, string phase, int? waitS)
    {
        var change = new WorkloadChange(Row(row => row with { Phase = ClusterPhase.Running, FailedRuns = failed, RunningSince = Now.AddSeconds(-3) }, retries, kind), Now);
        RunEnds.End(change, Status(RunPhases.Failed, message: "rank 0 exited with code 1"), ClusterTrigger.RunFailed);
        var row = change.After;
        (row.Phase, row.FailedRuns, row.Held, row.RanUs, row.RunningSince).ShouldBe((phase, failed + 1, Holding.Kept, 3_000_000, (DateTimeOffset?)null));
        row.NotBefore.ShouldBe(waitS is { } wait ? Now.AddSeconds(wait) : null);
        row.Message.ShouldContain("rank 0 exited with code 1");
        (row.EndedAt is not null).ShouldBe(waitS is null);
    }

    [Fact]
    public void A_preempted_one_returns_to_the_queue_without_a_pause_and_with_its_retries()
    {
        var change = new WorkloadChange(Row(row => row with { Phase = ClusterPhase.Running, FailedRuns = 1, NotBefore = Now }, maxRetry: 3), Now);
        RunEnds.BackToQueue(change, "made room");
        (change.After.Phase, change.After.FailedRuns, change.After.NotBefore, change.After.Message).ShouldBe((ClusterPhase.Pending, 1, null, "made room"));
    }

    [Fact]
    public void An_admission_gives_every_rank_its_node_and_its_pod()
    {
        var change = Admissions.Admit(Row(row => row with { Run = 1, Held = Holding.None, NotBefore = Now, Message = "waits" }), ["a", "b", "a"], Now);
        (change.After.Run, change.After.Held, change.After.NotBefore, change.After.Message).ShouldBe((2, Holding.Live, null, ""));
        change.Pods.Select(pod => (pod.PodId, pod.Rank, pod.Node, pod.Phase)).ShouldBe(
            [("job-2-0", 0, "a", PodPhases.Pending), ("job-2-1", 1, "b", PodPhases.Pending), ("job-2-2", 2, "a", PodPhases.Pending)]);
        ConditionLog.Read(change.After.Conditions).Single().ShouldBe(new ConditionRow(ConditionTypes.AdminScheduled, 2, "3 replicas on a, b", Now));
    }

    [Fact]
    public void A_rolling_update_is_the_next_run_of_a_live_service()
    {
        var row = Row(one => one with { Phase = ClusterPhase.Running, Rollout = true }, kind: WorkloadKinds.Deployment);
        var change = Admissions.Roll(row, ["a"], Now);
        (change.After.Run, change.After.Rollout, change.After.Phase, change.After.Held).ShouldBe((2, false, ClusterPhase.Updating, Holding.Live));
        change.Pods.Single().PodId.ShouldBe("job-2-0");
    }

    [Fact]
    public void An_eviction_says_for_whom()
    {
        var change = Admissions.Preempt(Row(), new Preemption("job", "urgent", "priority 2 goes before 0"), Now);
        (change.After.Ending, change.After.EndingMessage).ShouldBe((EndingReason.Preempt, "priority 2 goes before 0 (made room for urgent)"));
        change.After.Phase.ShouldBe(ClusterPhase.Pending);
    }

    [Fact]
    public void Conditions_are_one_a_type_and_run_and_the_newest_200()
    {
        var json = "[]";
        for (var run = 1; run <= 250; run++)
        {
            json = ConditionLog.With(json, new ConditionRow(ConditionTypes.K8sRunning, run, "first", Now));
            json = ConditionLog.With(json, new ConditionRow(ConditionTypes.K8sRunning, run, "again", Now.AddSeconds(run)));
        }
        var all = ConditionLog.Read(json);
        all.Count.ShouldBe(200);
        all.Select(one => one.Run).ShouldBe(Enumerable.Range(51, 200));
        all.ShouldAllBe(one => one.Message == "again");
        ConditionLog.Has(json, ConditionTypes.K8sRunning, 250).ShouldBeTrue();
        ConditionLog.Has(json, ConditionTypes.K8sRunning, 50).ShouldBeFalse();
    }
}
