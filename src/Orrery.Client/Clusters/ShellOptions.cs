namespace Orrery.Client.Clusters;

/// <summary>Which shell, on a terminal of which size.</summary>
public sealed record ShellOptions
{
    /// <summary>Like <c>bash</c>; null leaves it to the server.</summary>
    public string? Shell { get; init; }

    public int Columns { get; init; } = 80;

    public int Rows { get; init; } = 24;
}
