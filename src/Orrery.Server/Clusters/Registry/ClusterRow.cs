namespace Orrery.Server.Clusters.Registry;

/// <summary>A cluster that workspaces can live in.</summary>
internal sealed record ClusterRow
{
    public string Id { get; init; } = "";

    public string Backend { get; init; } = "";

    /// <summary>The data folder whose server acts on it; "": any server may.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Labels what is made there.</summary>
    public string Instance { get; init; } = "";

    /// <summary>The address of its API server; "" when there is none, or the configuration says.</summary>
    public string Server { get; init; } = "";

    /// <summary>Wrapped, and bound to the cluster's id; null: the configuration says how it is reached.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Of the kubeconfig; null: its current one.</summary>
    public string? Context { get; init; }

    /// <summary>Of its namespace kube-system: tells clusters apart, whatever address they are reached at; "": not known.</summary>
    public string Uid { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Grows when it is reached in another way.</summary>
    public long Version { get; init; } = 1;

    /// <summary>A name that no other installation has, and that a label may hold.</summary>
    public static string NewInstance() => Guid.NewGuid().ToString("N");
}
