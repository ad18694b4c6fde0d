namespace Orrery.Server.Deployments;

/// <summary>One attempt at one stage on one satellite.</summary>
internal sealed record DeploymentRow
{
    public string Id { get; init; } = "";
    public string PlanId { get; init; } = "";
    public string WorkloadId { get; init; } = "";
    public string UserId { get; init; } = "";
    public int Stage { get; init; }
    public int Attempt { get; init; }
    public string SatelliteId { get; init; } = "";

    /// <summary>The satellite is of the shared fleet: agents of the fleet may take it.</summary>
    public bool SharedSatellite { get; init; }

    public string Mode { get; init; } = "";
    public string Status { get; set; } = "";

    /// <summary>The agent it was dispatched to; see <see cref="Agents.AgentIdentity.Ref"/>.</summary>
    public string? AgentRef { get; init; }

    public string? AgentId { get; init; }

    /// <summary>The answer to the agent's poll, as JSON.</summary>
    public string Work { get; init; } = "";

    public int Offers { get; init; }

    /// <summary>The id of the last step: when it has ended, so has the work.</summary>
    public string LastStep { get; init; } = "";

    public bool LastStepDone { get; set; }

    /// <summary>A real program runs in it: it ends well only by that program's word.</summary>
    public bool HasProgram { get; init; }

    /// <summary>Of a program that ran on a cluster: <see cref="KeptOutputs"/>, or why its outputs cannot be kept; null: not looked at yet.</summary>
    public string? Outputs { get; init; }

    public const string KeptOutputs = "kept";

    public double SilenceTimeoutS { get; init; }
    public string? Error { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DispatchedAt { get; init; }
    public DateTimeOffset? LastEventAt { get; set; }

    /// <summary>The mission time of the event that ended it.</summary>
    public DateTimeOffset? MissionEnd { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
    public long Version { get; init; }
}
