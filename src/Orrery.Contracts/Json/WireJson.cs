using System.Text.Json;
using System.Text.Json.Serialization;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Fleet;
using Orrery.Contracts.Identity;
using Orrery.Contracts.Workloads;

namespace Orrery.Contracts.Json;

/// <summary>Serialization of surfaces A and B: snake_case, UTC with <c>Z</c>, a member named twice is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(WorkloadRequest))]
[JsonSerializable(typeof(PreviewResponse))]
[JsonSerializable(typeof(PlanHistoryView))]
[JsonSerializable(typeof(SubmitResponse))]
[JsonSerializable(typeof(WorkloadView))]
[JsonSerializable(typeof(WorkloadPage))]
[JsonSerializable(typeof(StagesResponse))]
[JsonSerializable(typeof(ArtifactManifest))]
[JsonSerializable(typeof(ArtifactStored))]
[JsonSerializable(typeof(CancelResponse))]
[JsonSerializable(typeof(OutcomeView))]
[JsonSerializable(typeof(CostView))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(SatelliteElements))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(PingResponse))]
[JsonSerializable(typeof(EventPost))]
[JsonSerializable(typeof(List<EventPost>))]
[JsonSerializable(typeof(EventPosted))]
[JsonSerializable(typeof(EventsPosted))]
[JsonSerializable(typeof(EventsPartlyPosted))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(EventFeed))]
[JsonSerializable(typeof(DeploymentView))]
[JsonSerializable(typeof(DeploymentPage))]
[JsonSerializable(typeof(RunAgainRequest))]
[JsonSerializable(typeof(DeploymentStatusResponse))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterResponse))]
[JsonSerializable(typeof(AgentWork))]
[JsonSerializable(typeof(TelemetryRequest))]
[JsonSerializable(typeof(TelemetryResponse))]
[JsonSerializable(typeof(AgentDeploymentResponse))]
[JsonSerializable(typeof(SatelliteView))]
[JsonSerializable(typeof(SatelliteList))]
[JsonSerializable(typeof(PositionView))]
[JsonSerializable(typeof(PassList))]
[JsonSerializable(typeof(EclipseList))]
[JsonSerializable(typeof(GroundStationList))]
[JsonSerializable(typeof(ImportResponse))]
[JsonSerializable(typeof(CreateUserRequest))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(UserList))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(CreatedKey))]
[JsonSerializable(typeof(KeyView))]
[JsonSerializable(typeof(KeyList))]
public sealed partial class WireJson : JsonSerializerContext;
