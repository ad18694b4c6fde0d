namespace Orrery.Server.Clusters.Requests;

/// <summary>What a request is checked against.</summary>
internal sealed record CreateContext
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Unknown members are errors.</summary>
    public bool Strict { get; init; }

    /// <summary>A workspace that the caller may use; null: there is none such.</summary>
    public required Func<string, WorkspaceFacts?> Workspace { get; init; }

    /// <summary>Of the ids named as dependencies, those that exist and the caller may see.</summary>
    public IReadOnlySet<string> KnownDependencies { get; init; } = new HashSet<string>();
}

/// <summary>What matters of a workspace to a request.</summary>
internal sealed record WorkspaceFacts
{
    public required string Backend { get; init; }
    public required bool CallerIsAdmin { get; init; }
    public required IReadOnlyList<NodeFacts> Nodes { get; init; }

    /// <summary>The most it can ever have: quota and borrowing limit together; null: no limit.</summary>
    public long? MostCpuMillis { get; init; }

    public long? MostMemoryBytes { get; init; }
    public long? MostGpus { get; init; }
}

internal sealed record NodeFacts(string Name, long CpuMillis, long MemoryBytes, int Gpus);

/// <summary>A request that was checked: a spec, or what is wrong.</summary>
internal sealed record CheckedSpec(
    ClusterSpec? Spec, IReadOnlyDictionary<string, string> Env, IReadOnlyDictionary<string, string[]> Errors, string Code, IReadOnlyList<string> Warnings);
