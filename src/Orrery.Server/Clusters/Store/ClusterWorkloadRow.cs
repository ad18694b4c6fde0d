using System.Text.Json;
using Orrery.Server.Clusters.Requests;

namespace Orrery.Server.Clusters.Store;

/// <summary>A cluster workload as it is stored.</summary>
internal sealed record ClusterWorkloadRow
{
    private readonly string spec = "";
    private ClusterSpec? parsed;

    public string Id { get; init; } = "";
    public string Uid { get; init; } = "";
    public string WorkspaceId { get; init; } = "";
    public string ClusterId { get; init; } = "";
    public string UserId { get; init; } = "";
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public string Description { get; init; } = "";
    public string Kind { get; init; } = "";
    public int Priority { get; init; }
    public int Replicas { get; init; }
    public string Phase { get; init; } = ClusterPhase.Pending;

    /// <summary>How it ended, or why its last run did.</summary>
    public string Message { get; init; } = "";

    /// <summary>The checked request as JSON, without its environment.</summary>
    public string Spec
    {
        get => spec;
        init => (spec, parsed) = (value, null);
    }

    /// <summary>The environment, wrapped; null when there is none.</summary>
    public string? Env { get; init; }

    public long TimeoutS { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of the first run.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? DeletingAt { get; init; }

    /// <summary>Microseconds spent Running or Updating before <see cref="RunningSince"/>.</summary>
    public long RanUs { get; init; }

    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>Dispatches so far; the number of the last run.</summary>
    public int Run { get; init; }

    public int FailedRuns { get; init; }

    public string Held { get; init; } = Holding.None;

    /// <summary>Why it is being ended; null: it is not.</summary>
    public string? Ending { get; init; }

    public string? EndingMessage { get; init; }

    /// <summary>A live service has a newer spec than its run.</summary>
    public bool Rollout { get; init; }

    /// <summary>Not to be started before; a template's next firing.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Five cron fields, UTC: the workload is a template that makes others and never runs itself.</summary>
    public string? Cron { get; init; }

    /// <summary>The template that made it.</summary>
    public string? ParentId { get; init; }

    /// <summary>The orbital workload whose ground stage this is.</summary>
    public string? OrbitalId { get; init; }

    /// <summary>The attempt of that stage.</summary>
    public string? DeploymentId { get; init; }

    public bool HasDependencies { get; init; }

    /// <summary>JSON list of <see cref="ConditionRow"/>.</summary>
    public string Conditions { get; init; } = "[]";

    public string? ServiceAddress { get; init; }
    public long Version { get; init; } = 1;

    public bool IsTemplate => Cron is not null;

    public bool IsEnded => EndedAt is not null;

    /// <summary>Not over and done: some step may follow.</summary>
    public bool IsOpen => !IsEnded || Held != Holding.None || Ending is not null;

    public bool IsLive => Held == Holding.Live;

    /// <summary>Of a row of the index the spec may be missing.</summary>
    public bool HasSpec => parsed is not null || spec.Length > 0;

    /// <summary><see cref="Spec"/>, read at most once.</summary>
    public ClusterSpec Parsed() => parsed ??= JsonSerializer.Deserialize(spec, ClusterSpecJson.Default.ClusterSpec)!;

    /// <summary>Sets <see cref="Spec"/>.</summary>
    public ClusterWorkloadRow WithSpec(ClusterSpec value) =>
        this with { Spec = JsonSerializer.Serialize(value, ClusterSpecJson.Default.ClusterSpec), parsed = value };

    /// <summary>Without its large texts.</summary>
    /// <param name="listed">What <see cref="Parsed"/> then gives.</param>
    public ClusterWorkloadRow WithoutTexts(ClusterSpec? listed) => this with { Spec = "", Env = null, Conditions = "", parsed = listed };

    /// <summary>Time spent Running or Updating, over all runs.</summary>
    public TimeSpan Ran(DateTimeOffset now) =>
        TimeSpan.FromMicroseconds(RanUs) + (RunningSince is { } since && now > since ? now - since : TimeSpan.Zero);
}

/// <summary>What a backend may hold of a workload.</summary>
internal static class Holding
{
    public const string None = "none";

    /// <summary>A run that was admitted and has not ended.</summary>
    public const string Live = "live";

    /// <summary>No process is left, but scratch space and objects are.</summary>
    public const string Kept = "kept";
}

/// <summary>Why a workload is being ended.</summary>
internal static class EndingReason
{
    public const string Stop = "stop";
    public const string Timeout = "timeout";
    public const string Preempt = "preempt";
    public const string Delete = "delete";
}

internal sealed record ClusterPodRow
{
    public string WorkloadId { get; init; } = "";
    public int Run { get; init; }
    public int Rank { get; init; }
    public string PodId { get; init; } = "";
    public string Node { get; init; } = "";
    public string Phase { get; init; } = "";
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string HostIp { get; init; } = "";
    public string PodIp { get; init; } = "";
    public int? ExitCode { get; init; }
    public string Reason { get; init; } = "";
    public string Message { get; init; } = "";
    public int Restarts { get; init; }
}
