namespace Orrery.Server.Events;

/// <summary>One event as it is stored. <see cref="Stream"/> is its workload, or "" for events of no workload.</summary>
internal sealed record EventRow
{
    public string Stream { get; init; } = "";
    public long Seq { get; set; }
    public string Id { get; init; } = "";
    public string Subject { get; init; } = "";
    public string SubjectId { get; init; } = "";
    public string Type { get; init; } = "";
    public string? StepId { get; init; }
    public string? JobId { get; init; }
    public string Payload { get; init; } = "{}";

    /// <summary>Nanoseconds since 1970.</summary>
    public long EventTimestamp { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public long CreatedAt { get; init; }

    public string Actor { get; init; } = "";
    public bool Late { get; init; }
    public string? Key { get; init; }
}
