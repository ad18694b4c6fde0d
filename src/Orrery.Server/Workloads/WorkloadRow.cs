namespace Orrery.Server.Workloads;

internal sealed record WorkloadRow
{
    public string Id { get; init; } = "";
    public string UserId { get; init; } = "";
    public string? Name { get; init; }
    public string? Type { get; init; }
    public string Class { get; init; } = "";
    public string Mode { get; init; } = "";
    public double Speed { get; init; }
    public string Phase { get; init; } = "";

    /// <summary>The body of submit, as JSON.</summary>
    public string Spec { get; init; } = "";

    /// <summary>The environment of its program, wrapped; null when there is none.</summary>
    public string? ProgramEnv { get; init; }

    public DateTimeOffset StartAt { get; init; }

    /// <summary>Mission time.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    public int MaxAttempts { get; init; }
    public bool WaitForWindows { get; init; }

    /// <summary>How far the mission has come: the end of the last stage that ended.</summary>
    public DateTimeOffset MissionAt { get; init; }

    public string? ErrorCode { get; init; }
    public string? ErrorMessage { get; init; }
    public string? Outcome { get; init; }
    public string? Cost { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public long Version { get; init; }
    public long Fence { get; init; }

    public bool IsSimulated => Mode == RunMode.Simulated;
}

internal static class RunMode
{
    public const string Live = "live";
    public const string Simulated = "simulated";
}

internal sealed record StageRow
{
    public string WorkloadId { get; init; } = "";
    public int Idx { get; init; }
    public int Round { get; init; }
    public string Role { get; init; } = "";
    public string Location { get; init; } = "";

    /// <summary>Indexes of the stages that must be done first, separated by commas.</summary>
    public string Inputs { get; init; } = "";

    public string? SatelliteId { get; init; }
    public string? SatelliteName { get; init; }
    public string Status { get; init; } = "";
    public int Attempt { get; init; }
    public string? DeploymentId { get; init; }

    /// <summary>On the ground: the cluster workload that runs it.</summary>
    public string? ClusterWorkloadId { get; init; }

    /// <summary>Satellites on which an attempt failed, separated by commas.</summary>
    public string Avoid { get; init; } = "";

    public string? Reason { get; init; }
    public string? Error { get; init; }
    public DateTimeOffset PlannedStart { get; init; }
    public DateTimeOffset PlannedEnd { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public DateTimeOffset? MissionEnd { get; init; }

    public IEnumerable<int> InputStages => NumberList.Read(Inputs);

    public IEnumerable<int> AvoidSatellites => NumberList.Read(Avoid);
}

/// <summary>Whole numbers kept in one column.</summary>
internal static class NumberList
{
    public static IEnumerable<int> Read(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    public static string Write(IEnumerable<int> numbers) => string.Join(',', numbers.Distinct().Order());
}

internal sealed record PlanRow
{
    public string WorkloadId { get; init; } = "";
    public int Revision { get; init; }
    public string Fingerprint { get; init; } = "";
    public string Body { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string? ReplacedBecause { get; init; }
}
