using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Workloads;

namespace Orrery.Client.Agents;

/// <summary>A server as satellite agents see it. Calls make one attempt: agents have patience of their own.</summary>
/// <remarks>Calls throw <see cref="OrreryApiException"/> when refused and <see cref="OrreryUnreachableException"/> without an answer.</remarks>
public interface IAgentApi
{
    Task<RegisterResponse> Register(RegisterRequest request, CancellationToken cancellation = default);

    /// <summary>The oldest work for this agent, or null.</summary>
    Task<AgentWork?> Poll(CancellationToken cancellation = default);

    Task<TelemetryResponse> Telemetry(TelemetryRequest request, CancellationToken cancellation = default);

    /// <summary>Reports events, at most 1,000; one result for each, in their order.</summary>
    Task<IReadOnlyList<EventPostResult>> PostEvents(
        string deploymentId, IReadOnlyList<EventPost> events, CancellationToken cancellation = default);

    /// <summary>Writes an input of a deployment's program to <paramref name="destination"/>.</summary>
    Task Input(string deploymentId, ProgramFile input, Stream destination, CancellationToken cancellation = default);

    /// <summary>Keeps a file as an artifact of a deployment; the same name again replaces it.</summary>
    Task<ArtifactStored> PutArtifact(string deploymentId, string name, FileInfo file, CancellationToken cancellation = default);

    /// <summary>The status of a deployment that was dispatched to this agent.</summary>
    Task<string> DeploymentStatus(string deploymentId, CancellationToken cancellation = default);
}
