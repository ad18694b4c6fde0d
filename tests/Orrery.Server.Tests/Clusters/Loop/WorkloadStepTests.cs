using Orrery.Contracts.Runs;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Store;
using Shouldly;
using Xunit;
using static Orrery.Server.Tests.Clusters.Loop.Entries;

namespace Orrery.Server.Tests.Clusters.Loop;

public sealed class WorkloadStepTests
{
    /// <summary>Row (phase, what is held, why it ends), the backend's word (phase and run), the row that follows; "-" is nothing.</summary>
    private const string Table =
        """
        Pending   live - | -           | -
        Pending   live - | Pending 1   | -
        Pending   live - | Running 1   | Running live -
        Pending   live - | NotReady 1  | NotReady live -
        Pending   live - | Succeeded 1 | Succeeded kept -
        Pending   live - | Failed 1    | Failed kept -
        Pending   live - | Removed 1   | Failed none -
        Pending   live - | Running 2   | -
        Running   live - | Running 1   | -
        Running   live - | Updating 1  | Updating live -
        Running   live - | NotReady 1  | NotReady live -
        Running   live - | Succeeded 1 | Succeeded kept -
        Running   live - | Failed 1    | Failed kept -
        Running   live - | Removed 1   | Failed none -
        Running   live - | Removed 0   | -
        NotReady  live - | Running 1   | Running live -
        Updating  live - | Running 1   | Running live -
        Running   live stop    | -           | -
        Running   live stop    | Running 1   | -
        Running   live stop    | Succeeded 1 | -
        Running   live stop    | Removed 1   | Stopped none -
        Running   live stop    | Removed 0   | Stopped none -
        Running   live timeout | Removed 1   | Stopped none -
        Running   live preempt | Removed 1   | Pending none -
        Running   live preempt | Running 1   | -
        Running   live delete  | Running 1   | -
        Running   live delete  | Removed 1   | deleted
        Pending   none stop    | -           | Stopped none -
        Pending   none delete  | -           | deleted
        Succeeded kept -       | Succeeded 1 | -
        Succeeded kept -       | Removed 1   | Succeeded none -
        Failed    kept delete  | Failed 1    | -
        Failed    kept delete  | Removed 1   | deleted
        Stopped   none delete  | -           | deleted
        """;

    public static TheoryData<string> Rows => [.. Table.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_step_follows_from_the_row_and_the_backends_word(string line)
    {
        var parts = line.Split(" | ");
        var (row, word) = (parts[0].Split(' '), parts[1].Split(' '));
        var entry = word[0] == "-" ? Entry(From(row[0], row[1], row[2])) : Entry(From(row[0], row[1], row[2]), word[0], int.Parse(word[1]));
        var change = WorkloadStep.Next(entry, Now);
        Line(change).ShouldBe(parts[2]);
        if (change is null or { Delete: true })
            return;
        var again = Entry(change.After, word[0] == "-" ? null : word[0], word.Length > 1 ? int.Parse(word[1]) : 1);
        WorkloadStep.Next(again, Now).ShouldBeNull("a step made again changes nothing");
    }

    [Fact]
    public void Running_begins_its_clock_and_not_ready_stops_it()
    {
        var started = WorkloadStep.Next(Entry(From(ClusterPhase.Pending, Holding.Live, "-"), RunPhases.Running), Now)!.After;
        (started.StartedAt, started.RunningSince).ShouldBe((Now, Now));
        var later = WorkloadStep.Next(Entry(started, RunPhases.NotReady), Now.AddSeconds(9))!.After;
        (later.RanUs, later.RunningSince, later.StartedAt).ShouldBe((9_000_000, (DateTimeOffset?)null, Now));
    }

    [Theory]
    [InlineData(10, 4, 6, true)]
    [InlineData(10, 4, 5, false)]
    [InlineData(10, 0, 10, true)]
    [InlineData(0, 4, 1000, false)]
    public void A_timeout_ends_what_ran_for_it(long timeoutS, long ranS, int nowS, bool ends)
    {
        var row = From(ClusterPhase.Running, Holding.Live, "-") with { TimeoutS = timeoutS, RanUs = ranS * 1_000_000, RunningSince = Now };
        var change = WorkloadStep.Next(Entry(row, RunPhases.Running), Now.AddSeconds(nowS));
        (change?.After.Ending).ShouldBe(ends ? EndingReason.Timeout : null);
    }

    [Fact]
    public void A_waiting_one_fails_with_its_dependency()
    {
        var row = From(ClusterPhase.Pending, Holding.None, "-") with { Run = 0 };
        var change = WorkloadStep.Next(Entry(row, dependencies: new DependencyState(["other"], "other", "ended Failed")), Now)!;
        (change.After.Phase, change.After.Message, change.After.EndedAt).ShouldBe((ClusterPhase.Failed, "its dependency other ended Failed", Now));
    }

    [Fact]
    public void What_the_backend_took_over_is_said_once()
    {
        var entry = Entry(From(ClusterPhase.Pending, Holding.Live, "-"));
        entry.AppliedRun = 1;
        var change = WorkloadStep.Next(entry, Now)!;
        ConditionLog.Has(change.After.Conditions, ConditionTypes.AdminDispatched, 1).ShouldBeTrue();
        entry.Row = change.After;
        WorkloadStep.Next(entry, Now).ShouldBeNull();
    }

    [Fact]
    public void Pods_are_written_when_they_changed_only()
    {
        var row = From(ClusterPhase.Running, Holding.Live, "-");
        var entry = Entry(row, RunPhases.Running);
        entry.Status = entry.Status! with { Pods = [new PodStatus { PodId = "job-1-0", Run = 1, Rank = 0, NodeName = "n1", Phase = PodPhases.Running, StartTime = Now.AddTicks(7) }] };
        var change = WorkloadStep.Next(entry, Now)!;
        var pod = change.Pods.Single();
        pod.StartedAt.ShouldBe(Now, "the database keeps microseconds");
        (entry.Row, entry.Pods[(1, 0)]) = (change.After, pod);
        WorkloadStep.Next(entry, Now).ShouldBeNull();
    }

    [Fact]
    public void A_pod_that_an_update_replaced_has_ended_though_its_end_was_not_told()
    {
        var row = From(ClusterPhase.Running, Holding.Live, "-") with { Run = 2 };
        var entry = Entry(row, RunPhases.Running, run: 2);
        entry.Pods[(1, 0)] = new ClusterPodRow { WorkloadId = "job", Run = 1, Rank = 0, Phase = PodPhases.Running, StartedAt = Now.AddMinutes(-1) };
        entry.Pods[(1, 1)] = new ClusterPodRow { WorkloadId = "job", Run = 1, Rank = 1, Phase = PodPhases.Running, StartedAt = Now.AddMinutes(-1) };
        entry.Pods[(2, 0)] = new ClusterPodRow { WorkloadId = "job", Run = 2, Rank = 0, Phase = PodPhases.Pending };
        var kept = new PodStatus { PodId = "job-1-1", Run = 1, Rank = 1, NodeName = "n1", Phase = PodPhases.Running, StartTime = Now.AddMinutes(-1), Restarts = 3 };
        entry.Status = entry.Status! with { Pods = [kept] };
        var change = WorkloadStep.Next(entry, Now)!;
        change.Pods.Select(pod => (pod.Run, pod.Rank, pod.Phase, pod.EndedAt, pod.Restarts)).ShouldBe(
            [(1, 1, PodPhases.Running, null, 3), (1, 0, PodPhases.Failed, Now, 0)]);
        entry.Row = change.After;
        foreach (var pod in change.Pods)
            entry.Pods[(pod.Run, pod.Rank)] = pod;
        WorkloadStep.Next(entry, Now).ShouldBeNull();
    }

    [Fact]
    public void A_run_that_is_seen_only_when_it_is_over_was_dispatched()
    {
        var entry = Entry(Row(), RunPhases.Succeeded);
        entry.Status = entry.Status! with { Pods = [new PodStatus { PodId = "job-1-0", Run = 1, Rank = 0, NodeName = "n1", Phase = PodPhases.Succeeded, ExitCode = 0 }] };
        var after = WorkloadStep.Next(entry, Now)!.After;
        ConditionLog.Has(after.Conditions, ConditionTypes.AdminDispatched, run: 1).ShouldBeTrue();
    }
}
