namespace Orrery.Contracts.Runs;

/// <summary>What a backend sees of a workload.</summary>
public sealed record RunStatus
{
    public required string WorkloadId { get; init; }

    /// <summary>The newest run that the backend was asked for.</summary>
    public required int Run { get; init; }

    /// <summary>One of <see cref="RunPhases"/>.</summary>
    public required string Phase { get; init; }

    /// <summary>Why, when the phase needs a reason; else "".</summary>
    public string Message { get; init; } = "";

    /// <summary>Pods of the newest run, and while a rolling update goes on of the one before.</summary>
    public IReadOnlyList<PodStatus> Pods { get; init; } = [];

    /// <summary>Where the service can be reached, like <c>127.77.0.3:80</c>; null without one.</summary>
    public string? ServiceAddress { get; init; }

    /// <summary>A backend that was killed has made a part of it: it has to be asked for the run once more to make the rest.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Why the run finds no place though it was admitted, once it has waited for longer than the limit; null: it has one, or still waits.</summary>
    public string? Unplaceable { get; init; }

    /// <summary>Isolation or limits that could not be had for this run, in words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>One pod: one process tree with one log.</summary>
public sealed record PodStatus
{
    public required string PodId { get; init; }

    public required int Run { get; init; }

    public required int Rank { get; init; }

    public required string NodeName { get; init; }

    /// <summary>One of <see cref="PodPhases"/>.</summary>
    public required string Phase { get; init; }

    public bool Ready { get; init; }

    public DateTimeOffset? StartTime { get; init; }

    public DateTimeOffset? EndTime { get; init; }

    public string HostIp { get; init; } = "";

    public string PodIp { get; init; } = "";

    /// <summary>Of the last termination; null while the container has never ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Of the last termination: Completed, Error, OOMKilled, Hung, Evicted, Unhealthy, Stopped, NodeRestarted, StartFailed.</summary>
    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    /// <summary>How often the container was started again in place.</summary>
    public int Restarts { get; init; }
}

public static class RunPhases
{
    /// <summary>Not every pod has started yet.</summary>
    public const string Pending = "Pending";

    public const string Running = "Running";

    /// <summary>A service whose replicas are being replaced.</summary>
    public const string Updating = "Updating";

    /// <summary>A service without a ready replica.</summary>
    public const string NotReady = "NotReady";

    /// <summary>Every rank ended with exit code 0; no process is left.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>A rank failed; the others were ended and no process is left.</summary>
    public const string Failed = "Failed";

    /// <summary>Removed on demand: no process, scratch space or object is left. Told once; a snapshot no longer has it.</summary>
    public const string Removed = "Removed";

    public static bool IsEnd(string phase) => phase is Succeeded or Failed or Removed;
}

public static class PodPhases
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
    public const string Unknown = "Unknown";
}
