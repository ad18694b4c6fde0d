namespace Orrery.Scheduling;

/// <summary>A node, or the name of one that is gone or not known yet while jobs still run there.</summary>
internal sealed class NodeState(string name)
{
    public string Name { get; } = name;

    public NodeSpec? Spec { get; private set; }

    public Resources Used { get; private set; }

    /// <summary>What is left for new replicas.</summary>
    public Resources Free { get; private set; }

    /// <summary>Place among the nodes that take jobs, by name; −1 when it takes none.</summary>
    public int Rank { get; set; } = -1;

    /// <summary>In the running pass: what waiting heads hold here.</summary>
    public List<NodeClaim> Claims { get; } = [];

    /// <summary>What would be free while ends are tried out; valid for one <see cref="TrialStamp"/>.</summary>
    public Resources Trial { get; set; }

    public long TrialStamp { get; set; }

    public bool TakesJobs => Spec is { Schedulable: true };

    /// <summary>Scratch space counts only where the node states some.</summary>
    public Resources Room => Spec is { } spec
        ? spec.Capacity.EphemeralBytes > 0 ? spec.Capacity : spec.Capacity with { EphemeralBytes = Amounts.Unlimited }
        : default;

    public void Set(NodeSpec? spec)
    {
        Spec = spec;
        Free = Room - Used;
    }

    public void Use(in Resources amount)
    {
        Used += amount;
        Free = Room - Used;
    }

    public void GiveBack(in Resources amount)
    {
        Used -= amount;
        Free = Room - Used;
    }

    /// <summary>What a job that ends by <paramref name="ends"/> may use here beside the claims of others.</summary>
    public Resources FreeFor(JobState job, DateTimeOffset? ends)
    {
        var free = Free;
        foreach (var claim in Claims)
        {
            if (claim.Claim.Binds(job, ends))
                free = Amounts.Min(free, claim.Spare);
        }
        return free;
    }
}
