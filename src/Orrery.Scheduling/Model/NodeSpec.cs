namespace Orrery.Scheduling;

/// <summary>A machine that runs jobs.</summary>
public sealed record NodeSpec
{
    public required string Name { get; init; }

    public required Resources Capacity { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>A node with any taint takes only jobs with <see cref="Job.TolerateAll"/>.</summary>
    public IReadOnlyList<string> Taints { get; init; } = [];

    /// <summary>Where it can be reached; "" when that is not known.</summary>
    public string Address { get; init; } = "";

    /// <summary>False: what runs there stays, nothing new comes.</summary>
    public bool Schedulable { get; init; } = true;
}
