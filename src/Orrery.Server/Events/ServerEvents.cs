using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orrery.Contracts.Json;
using Orrery.Server.Agents;
using Orrery.Server.Storage;

namespace Orrery.Server.Events;

/// <summary>Events that the control plane itself writes.</summary>
internal static class ServerEvents
{
    public const string Actor = "orrery";
    private static readonly JsonSerializerOptions Payloads = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static EventRow Workload(string workloadId, string type, object payload, DateTimeOffset now, string actor = Actor) =>
        Of(workloadId, Subjects.Workload, workloadId, type, payload, now, actor);

    public static EventRow Stage(string workloadId, int stage, string type, object payload, DateTimeOffset now) =>
        Of(workloadId, Subjects.Stage, $"{workloadId}/{stage}", type, payload, now, Actor);

    public static EventRow Deployment(string workloadId, string deploymentId, string type, object payload, DateTimeOffset now, string actor = Actor) =>
        Of(workloadId, Subjects.Deployment, deploymentId, type, payload, now, actor);

    public static EventRow Agent(AgentRow agent, string type, DateTimeOffset now) =>
        Of("", Subjects.Agent, agent.Id, type, new { agent_id = agent.AgentId, satellite_id = agent.SatelliteId }, now, $"agent:{agent.AgentId}");

    public static EventRow ClusterWorkload(string workloadId, string type, object payload, DateTimeOffset now, string actor = Actor) =>
        Of(workloadId, Subjects.ClusterWorkload, workloadId, type, payload, now, actor);

    /// <summary>An event of no stream: it outlives the workload that it tells of.</summary>
    public static EventRow Audit(string subject, string subjectId, string type, object payload, DateTimeOffset now, string actor) =>
        Of("", subject, subjectId, type, payload, now, actor);

    private static EventRow Of(string stream, string subject, string subjectId, string type, object payload, DateTimeOffset now, string actor) => new()
    {
        Stream = stream,
        Id = $"evt-{Guid.CreateVersion7():N}",
        Subject = subject,
        SubjectId = subjectId,
        Type = type,
        Payload = JsonSerializer.Serialize(payload, Payloads),
        EventTimestamp = EventTime.From(now).UnixNanoseconds,
        CreatedAt = Microseconds.From(now),
        Actor = actor,
    };
}
