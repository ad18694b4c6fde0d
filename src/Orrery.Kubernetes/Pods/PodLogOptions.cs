namespace Orrery.Kubernetes;

/// <summary>Which lines of a container's log.</summary>
public sealed record PodLogOptions
{
    /// <summary>Null: the only one.</summary>
    public string? Container { get; init; }

    /// <summary>Goes on with new lines until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>The newest lines; null: all.</summary>
    public int? Tail { get; init; }

    /// <summary>None older; the server counts whole seconds.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Each line with the time at which it was written.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Of the container before the last restart.</summary>
    public bool Previous { get; init; }
}

/// <param name="Time">Null when times were not asked for.</param>
/// <param name="Text">Without its end; cut where it was too long.</param>
public readonly record struct PodLogLine(DateTimeOffset? Time, string Text);
