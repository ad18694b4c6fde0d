namespace Orrery.Kubernetes.Objects;

/// <summary>Something that a component of the cluster saw happen to an object.</summary>
public sealed record CoreEvent : IKubernetesObject
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "Event";

    public ObjectMeta Metadata { get; init; } = new();

    public ObjectReference? InvolvedObject { get; init; }

    /// <summary>One word, like <c>Killing</c>.</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }
}

/// <summary>An object in any namespace.</summary>
public sealed record ObjectReference(string? Kind = null, string? Namespace = null, string? Name = null, string? Uid = null);
