namespace Orrery.Client.Workloads;

/// <summary>Which workloads to list; what is null does not filter.</summary>
public sealed record WorkloadQuery
{
    public const int DefaultPage = 50;

    public string? Phase { get; init; }

    public string? Class { get; init; }

    public string? Type { get; init; }

    /// <summary><c>name=value</c>.</summary>
    public string? Label { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Workloads in one page, 1–500.</summary>
    public int Limit { get; init; } = DefaultPage;

    public int Offset { get; init; }
}
