namespace Orrery.Scheduling.Tests.Oracle;

/// <summary>What kinds of things a random world holds.</summary>
public sealed record ScenarioOptions(bool Groups = false, bool Timeouts = false, bool Preemption = false, bool Fifo = false);

/// <summary>A random small world: at most 4 nodes, 3 workspaces, 8 jobs.</summary>
public sealed class Scenario
{
    public static readonly DateTimeOffset Zero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Scenario(int seed, ScenarioOptions options)
    {
        var random = new Random(seed);
        for (var i = 0; i < random.Next(1, 5); i++)
        {
            Nodes.Add(new()
            {
                Name = $"n{i}",
                Capacity = new(random.Next(2, 9) * 1000, random.Next(2, 9) * 1000, random.Next(3) == 0 ? 2 : 0),
                Labels = random.Next(2) == 0 ? new Dictionary<string, string> { ["zone"] = "a" } : new(),
                Taints = random.Next(6) == 0 ? ["off"] : [],
            });
        }
        for (var i = 0; i < random.Next(1, 4); i++)
        {
            Workspaces.Add(new()
            {
                Id = $"w{i}",
                Group = options.Groups ? "g" : null,
                Quota = options.Groups || random.Next(2) == 0 ? new(random.Next(2, 8) * 1000, null, null) : ResourceLimits.Unlimited,
                BorrowingLimit = new(random.Next(0, 4) * 2000, null, null),
                Policy = options.Fifo && random.Next(2) == 0 ? QueuePolicy.Fifo : QueuePolicy.Backfill,
                Preemption = options.Preemption,
            });
        }
        for (var i = 0; i < random.Next(3, 9); i++)
            Jobs.Add(RandomJob(random, options, i));
    }

    public List<NodeSpec> Nodes { get; } = [];

    public List<WorkspaceSpec> Workspaces { get; } = [];

    public List<Job> Jobs { get; } = [];

    private Job RandomJob(Random random, ScenarioOptions options, int i) => new()
    {
        Id = $"j{i}",
        WorkspaceId = $"w{random.Next(Workspaces.Count)}",
        Priority = random.Next(3),
        CreatedAt = Zero.AddSeconds(random.Next(3)),
        Replicas = random.Next(1, 4),
        Request = new(random.Next(1, 5) * 1000, random.Next(0, 4) * 1000, random.Next(6) == 0 ? 1 : 0),
        Labels = random.Next(5) == 0 ? new Dictionary<string, string> { ["zone"] = "a" } : new(),
        SpecifiedNodes = random.Next(10) == 0 ? [Nodes[random.Next(Nodes.Count)].Name] : [],
        TolerateAll = random.Next(3) == 0,
        Timeout = options.Timeouts && random.Next(4) > 0 ? TimeSpan.FromSeconds(random.Next(1, 20)) : null,
    };
}
