namespace Orrery.Contracts.Runs;

/// <summary>What is wanted in a pod: a shell at a terminal, or one command with plain pipes.</summary>
/// <param name="Shell">Its name: bash, sh or zsh.</param>
public sealed record ShellRequest(string Shell)
{
    /// <summary>Characters, at most this.</summary>
    public const int LongestCommand = 8192;

    /// <summary>Shell source that is run instead of reading what is typed; null: none.</summary>
    public string? Command { get; init; }

    /// <summary>False: input, output and errors are pipes, and errors come apart from output.</summary>
    public bool HasTerminal { get; init; } = true;

    public int Columns { get; init; } = 80;

    public int Rows { get; init; } = 24;
}
