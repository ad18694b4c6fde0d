using Orrery.Contracts.Json;

namespace Orrery.Server.Deployments;

/// <summary>A valid event that waits to be appended.</summary>
internal sealed record NewEvent(string Type, EventTime Timestamp, string? JobId, string? StepId, string Payload, string? Key);

/// <summary>What one caller posts to one deployment.</summary>
/// <param name="DeploymentId">Where to.</param>
/// <param name="AgentRef">The agent that posts; only the one that a deployment was dispatched to may.</param>
/// <param name="Actor">Who is written into the log.</param>
/// <param name="Events">In their order.</param>
internal sealed record AppendRequest(string DeploymentId, string AgentRef, string Actor, IReadOnlyList<NewEvent> Events)
{
    public TaskCompletionSource<AppendResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The ids in the order of the events; null when there is no such deployment for this agent.</summary>
internal sealed record AppendResult(IReadOnlyList<string>? Ids, string Status)
{
    public static AppendResult NotFound { get; } = new(null, "");
}
