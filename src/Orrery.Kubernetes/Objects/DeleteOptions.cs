namespace Orrery.Kubernetes.Objects;

/// <summary>How an object is deleted.</summary>
public sealed record DeleteOptions
{
    public string ApiVersion { get; init; } = "v1";

    public string Kind { get; init; } = "DeleteOptions";

    public long? GracePeriodSeconds { get; init; }

    /// <summary>One of <see cref="Propagation"/>; the resource's own default when null.</summary>
    public string? PropagationPolicy { get; init; }

    public Preconditions? Preconditions { get; init; }
}

/// <summary>What must hold for a deletion, else it is a conflict.</summary>
public sealed record Preconditions(string? Uid = null, string? ResourceVersion = null);

public static class Propagation
{
    /// <summary>The object goes at once, what it owns is collected after it.</summary>
    public const string Background = "Background";

    /// <summary>The object stays until what it owns is gone.</summary>
    public const string Foreground = "Foreground";

    /// <summary>What it owns stays.</summary>
    public const string Orphan = "Orphan";
}

/// <summary>The resources that a group version has.</summary>
public sealed record ApiResourceList(List<ApiResource>? Resources = null);

public sealed record ApiResource(string Name, string Kind);
