using FsCheck;
using FsCheck.Fluent;
using Orrery.Scheduling.Tests.Oracle;

namespace Orrery.Scheduling.Tests;

/// <summary>Random small worlds against brute force. Capacity, quota and gangs are checked by every replay.</summary>
public class SchedulerProperties
{
    private const int Cases = 1500;

    private static readonly ScenarioOptions Everything = new(Groups: true, Timeouts: true, Preemption: true, Fifo: true);

    [Fact]
    public void Every_job_that_can_ever_fit_starts_in_the_end() => ForAll(StartsInTheEnd);

    [Theory]
    [InlineData(1575541452)]
    [InlineData(1536317496)]
    public void Every_job_starts_in_the_end_in_worlds_where_one_did_not(int seed) => StartsInTheEnd(seed);

    private static void StartsInTheEnd(int seed)
    {
        var replay = new WorldReplay(seed, Everything with { Groups = seed % 2 == 0 });
        replay.RunToEnd((_, _) => { });
        foreach (var job in replay.World.Waiting)
        {
            var behind = replay.World.Workspace(job.WorkspaceId).Policy == QueuePolicy.Fifo && replay.World.Queue(job.WorkspaceId).First() != job;
            if (!behind)
                replay.World.Fits(job, []).ShouldBeFalse($"{job.Id} waits in an empty cluster");
        }
    }

    [Fact]
    public void The_order_of_simultaneous_events_does_not_matter() => ForAll(seed =>
    {
        var first = new WorldReplay(seed, Everything with { Groups = seed % 2 == 0 });
        var second = new WorldReplay(seed, Everything with { Groups = seed % 2 == 0 }, new Random(seed + 1));
        first.RunToEnd((_, _) => { });
        second.RunToEnd((_, _) => { });
        second.Story.ShouldBe(first.Story);
    });

    [Fact]
    public void Without_claims_nothing_that_fits_is_left_waiting() => ForAll(seed =>
    {
        var replay = new WorldReplay(seed, new(Groups: seed % 2 == 0));
        var passes = 0;
        replay.RunToEnd((_, _) =>
        {
            // Later some head may have waited so long that its claim is hard.
            if (++passes > 25)
                return;
            foreach (var job in replay.World.Waiting)
                replay.World.Fits(job, replay.World.Running, mindLenders: true).ShouldBeFalse($"{job.Id} fits and waits");
        });
    });

    [Fact]
    public void Nothing_overtakes_in_a_fifo_workspace() => ForAll(seed =>
    {
        var replay = new WorldReplay(seed, new(Timeouts: true, Fifo: true));
        replay.RunToEnd((result, _) =>
        {
            foreach (var admission in result.Admissions)
            {
                var job = replay.World.Running.Single(run => run.Job.Id == admission.JobId).Job;
                if (replay.World.Workspace(job.WorkspaceId).Policy == QueuePolicy.Fifo && replay.World.Queue(job.WorkspaceId).FirstOrDefault() is { } first)
                    World.InOrder([first, job]).First().ShouldBe(job);
            }
        });
    });

    [Fact]
    public void Backfill_does_not_delay_the_first_blocked_head() => ForAll(seed =>
    {
        var replay = new WorldReplay(seed, new(Timeouts: true));
        replay.RunToEnd((_, before) =>
        {
            var world = replay.World;
            if (World.InOrder(world.Waiting.Where(job => world.Fits(job, []))).FirstOrDefault() is not { } head)
                return;
            var rightful = world.Running.Where(run => before.Contains(run) || World.InOrder([run.Job, head]).First() == run.Job).ToList();
            world.Fits(head, rightful).ShouldBeFalse($"{head.Id} comes first, fits and waits");
            var (without, with) = (world.EarliestStart(head, rightful, replay.Now), world.EarliestStart(head, world.Running, replay.Now));
            if (without is { } promised)
                (with <= promised).ShouldBeTrue($"{head.Id} could start at {promised:T} and now at {with:T}");
        });
    });

    [Fact]
    public void Preemption_is_whole_minimal_and_of_lower_priority() => ForAll(seed =>
    {
        var replay = new WorldReplay(seed, new(Preemption: true));
        replay.RunToEnd((result, _) =>
        {
            foreach (var made in result.Preemptions.GroupBy(preemption => preemption.ForJobId))
            {
                var head = replay.World.Waiting.Single(job => job.Id == made.Key);
                var victims = made.Select(preemption => replay.World.Running.Single(run => run.Job.Id == preemption.VictimId)).ToList();
                victims.ShouldAllBe(victim => victim.Job.Priority < head.Priority && victim.Job.WorkspaceId == head.WorkspaceId);
                replay.World.Fits(head, [.. replay.World.Running.Except(victims)]).ShouldBeTrue($"{head.Id} fits after its victims");
                if (result.Preemptions.Any(preemption => preemption.ForJobId != head.Id))
                    continue; // what one head holds another cannot use: alone it might have done with less
                foreach (var spared in victims)
                    replay.World.Fits(head, [.. replay.World.Running.Except(victims).Append(spared)]).ShouldBeFalse($"{spared.Job.Id} went for nothing");
            }
            if (result.Preemptions.Count > 0 || World.InOrder(replay.World.Waiting.Where(job => replay.World.Fits(job, []))).FirstOrDefault() is not { } first)
                return;
            var rest = replay.World.Running.Where(run => run.Job.WorkspaceId != first.WorkspaceId || run.Job.Priority >= first.Priority).ToList();
            if (replay.World.Running.Count > 0)
                replay.World.Fits(first, rest).ShouldBeFalse($"{first.Id} could have made room");
        });
    });

    [Fact]
    public void A_preview_is_what_a_submission_gives_and_changes_nothing() => ForAll(PreviewsTruly);

    [Theory]
    [InlineData(765506684)]
    public void A_preview_is_true_in_worlds_where_it_was_not(int seed) => PreviewsTruly(seed);

    private static void PreviewsTruly(int seed)
    {
        var options = Everything with { Groups = seed % 2 == 0 };
        var scenario = new Scenario(seed, options);
        var (plain, asked) = (Filled(scenario), Filled(scenario));
        var extra = scenario.Jobs[^1];
        var forecast = asked.Preview(extra, Scenario.Zero.AddSeconds(5));
        plain.Submit(extra);
        asked.Submit(extra);
        var (expected, actual) = (plain.Pass(Scenario.Zero.AddSeconds(5)), asked.Pass(Scenario.Zero.AddSeconds(5)));
        Text(actual).ShouldBe(Text(expected));
        forecast.FitsNow.ShouldBe(plain.IsRunning(extra.Id));
    }

    private static string Text(PassResult result) => string.Join("; ", result.Admissions.Select(admission => $"{admission.JobId}@{string.Join(',', admission.Nodes)}"))
        + string.Join("; ", result.Preemptions);

    private static ClusterScheduler Filled(Scenario scenario)
    {
        var scheduler = new ClusterScheduler(new());
        scenario.Nodes.ForEach(scheduler.SetNode);
        scenario.Workspaces.ForEach(scheduler.SetWorkspace);
        foreach (var job in scenario.Jobs.SkipLast(1))
            scheduler.Submit(job);
        scheduler.Pass(Scenario.Zero.AddSeconds(4));
        return scheduler;
    }

    private static void ForAll(Action<int> holds) => Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 2).ToArbitrary(),
            seed =>
            {
                holds(seed);
                return true;
            })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
}
