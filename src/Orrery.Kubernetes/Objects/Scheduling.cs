namespace Orrery.Kubernetes.Objects;

public sealed record Affinity(NodeAffinity? NodeAffinity = null);

public sealed record NodeAffinity(NodeSelector? RequiredDuringSchedulingIgnoredDuringExecution = null);

public sealed record NodeSelector(List<NodeSelectorTerm> NodeSelectorTerms);

public sealed record NodeSelectorTerm(List<NodeSelectorRequirement>? MatchExpressions = null, List<NodeSelectorRequirement>? MatchFields = null);

/// <param name="Key">A label, or a field like <c>metadata.name</c>.</param>
/// <param name="Operator">In, NotIn, Exists, DoesNotExist, Gt or Lt.</param>
/// <param name="Values">What <paramref name="Operator"/> compares with.</param>
public sealed record NodeSelectorRequirement(string Key, string Operator, List<string>? Values = null);

public sealed record Toleration
{
    public string? Key { get; init; }

    /// <summary>Exists or Equal.</summary>
    public string? Operator { get; init; }

    public string? Value { get; init; }

    public string? Effect { get; init; }
}

public sealed record Volume
{
    public required string Name { get; init; }

    public EmptyDirVolume? EmptyDir { get; init; }

    public SecretVolume? Secret { get; init; }
}

/// <param name="Medium">"" for the node's disk, Memory for tmpfs.</param>
/// <param name="SizeLimit">A quantity.</param>
public sealed record EmptyDirVolume(string? Medium = null, string? SizeLimit = null);

public sealed record SecretVolume(string SecretName);
