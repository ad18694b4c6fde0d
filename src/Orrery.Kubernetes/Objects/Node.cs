namespace Orrery.Kubernetes.Objects;

public sealed record Node : IKubernetesObject
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "Node";

    public ObjectMeta Metadata { get; init; } = new();

    public NodeSpec? Spec { get; init; }

    public NodeStatus? Status { get; init; }
}

public sealed record NodeSpec
{
    public bool? Unschedulable { get; init; }

    public List<Taint>? Taints { get; init; }
}

public sealed record Taint(string Key, string Effect, string? Value = null);

public sealed record NodeStatus
{
    /// <summary>Kubernetes quantities by resource name.</summary>
    public Dictionary<string, string>? Capacity { get; init; }

    /// <summary>What pods may use of the capacity.</summary>
    public Dictionary<string, string>? Allocatable { get; init; }

    public List<Condition>? Conditions { get; init; }

    public List<NodeAddress>? Addresses { get; init; }
}

public sealed record NodeAddress(string Type, string Address);
