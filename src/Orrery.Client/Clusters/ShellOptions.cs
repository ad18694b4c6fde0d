namespace Orrery.Client.Clusters;

/// <summary>What to open in a pod: a shell at a terminal, or one command.</summary>
public sealed record ShellOptions
{
    /// <summary>Like <c>bash</c>; null leaves it to the server.</summary>
    public string? Shell { get; init; }

    /// <summary>Shell source to run, at most 8,192 characters; null: what is typed.</summary>
    public string? Command { get; init; }

    /// <summary>False: plain pipes, with errors apart from output.</summary>
    public bool HasTerminal { get; init; } = true;

    public int Columns { get; init; } = 80;

    public int Rows { get; init; } = 24;
}
