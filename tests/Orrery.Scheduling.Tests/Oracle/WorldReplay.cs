namespace Orrery.Scheduling.Tests.Oracle;

/// <summary>Runs a scenario: random submissions and ends between passes, each pass judged.</summary>
public sealed class WorldReplay
{
    private readonly Scenario scenario;
    private readonly Random random;
    private readonly Random? shuffle;
    private readonly Queue<Job> coming;

    /// <param name="shuffle">When given, events between two passes come in an order of its own.</param>
    public WorldReplay(int seed, ScenarioOptions options, Random? shuffle = null)
    {
        scenario = new(seed, options);
        (random, this.shuffle) = (new(seed), shuffle);
        World = new(scenario);
        coming = new(scenario.Jobs);
        var setup = scenario.Nodes.Select(node => (Action)(() => Scheduler.SetNode(node)))
            .Concat(scenario.Workspaces.Select(workspace => (Action)(() => Scheduler.SetWorkspace(workspace))));
        Play([.. setup]);
    }

    public ClusterScheduler Scheduler { get; } = new(new() { OvertakeLimit = TimeSpan.FromSeconds(30) });

    public World World { get; }

    public DateTimeOffset Now { get; private set; } = Scenario.Zero.AddSeconds(3);

    /// <summary>All passes in text, to compare two replays.</summary>
    public List<string> Story { get; } = [];

    /// <summary>Steps with arrivals and ends, then ends alone until nothing runs.</summary>
    /// <param name="judge">Called after each pass, with what ran before it.</param>
    public void RunToEnd(Action<PassResult, IReadOnlyList<World.Run>> judge)
    {
        for (var (step, idle) = (0, 0); step < 400 && idle < 3; step++)
        {
            // Victims of the last pass wait for one more.
            idle = coming.Count > 0 || World.Running.Count > 0 ? 0 : idle + 1;
            var events = new List<Action>();
            for (var i = random.Next(4); i > 0 && coming.TryDequeue(out var job); i--)
            {
                World.Waiting.Add(job);
                events.Add(() => Scheduler.Submit(job));
            }
            foreach (var run in World.Running.OrderBy(run => run.Job.Id, StringComparer.Ordinal).ToList())
            {
                if (run.EndsBy > Now && random.Next(3) > 0 || run.EndsBy is null && random.Next(3) > 0)
                    continue;
                World.Running.Remove(run);
                events.Add(() => Scheduler.Release(run.Job.Id, true));
            }
            Play(events);
            Step(judge);
        }
    }

    private void Step(Action<PassResult, IReadOnlyList<World.Run>> judge)
    {
        var before = World.Running.ToList();
        var result = Scheduler.Pass(Now);
        World.Take(result, Now);
        Story.AddRange(result.Admissions.Select(admission => $"{Now:T} {admission.JobId} on {string.Join(',', admission.Nodes)}"));
        Story.AddRange(result.Preemptions.Select(preemption => $"{Now:T} {preemption}"));
        judge(result, before);
        foreach (var preemption in result.Preemptions)
        {
            var victim = World.Running.Single(run => run.Job.Id == preemption.VictimId);
            World.Running.Remove(victim);
            World.Waiting.Add(victim.Job);
            Scheduler.Requeue(victim.Job.Id, victim.Job);
        }
        Now = Now.AddSeconds(1);
    }

    private void Play(IReadOnlyList<Action> events)
    {
        var order = events.ToArray();
        shuffle?.Shuffle(order);
        foreach (var happen in order)
            happen();
    }
}
