namespace Orrery.Kubernetes;

/// <summary>A program to start in a container.</summary>
public sealed record ExecOptions
{
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Null: the only one.</summary>
    public string? Container { get; init; }

    public bool Stdin { get; init; }

    /// <summary>A terminal: what goes to stderr comes with stdout.</summary>
    public bool Tty { get; init; }
}

/// <summary>Which stream bytes belong to.</summary>
public enum ExecStream
{
    Stdout = 1,
    Stderr = 2,
}

/// <param name="Stream">Where they were written.</param>
/// <param name="Data">Good until the next frame is asked for.</param>
public readonly record struct ExecFrame(ExecStream Stream, ReadOnlyMemory<byte> Data);

/// <summary>How a program ended, and what it wrote.</summary>
public sealed record ExecResult(int ExitCode, string Stdout, string Stderr);
