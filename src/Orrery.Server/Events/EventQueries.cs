using System.Text.Json;
using Dapper;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;
using Orrery.Server.Storage;

namespace Orrery.Server.Events;

/// <summary>Reads the log: by deployment in the order of time, by stream in the order of <c>seq</c>.</summary>
internal sealed class EventQueries(IDatabase database)
{
    public Task<EventPage> OfDeployment(string deploymentId, int offset, int limit, CancellationToken ct) => database.Read(
        async db =>
        {
            var total = await db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM events WHERE subject = 'deployment' AND subject_id = @deploymentId", new { deploymentId });
            var rows = await db.QueryAsync<EventRow>(
                "SELECT * FROM events WHERE subject = 'deployment' AND subject_id = @deploymentId ORDER BY event_timestamp, seq LIMIT @limit OFFSET @offset",
                new { deploymentId, limit, offset });
            return new EventPage([.. rows.Select(View)], total, offset, limit);
        },
        ct);

    /// <summary>Events of a stream with <c>seq</c> above the cursor, oldest first.</summary>
    public Task<IReadOnlyList<EventRow>> After(string stream, long afterSeq, int limit, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<EventRow>)(await db.QueryAsync<EventRow>(
            "SELECT * FROM events WHERE stream = @stream AND seq > @afterSeq ORDER BY seq LIMIT @limit",
            new { stream, afterSeq, limit })).AsList(),
        ct);

    /// <summary>How far the reports of a deployment have come: their keys, and the time of the last.</summary>
    public Task<(IReadOnlyList<string> Keys, DateTimeOffset? Last)> Position(string subjectId, CancellationToken ct) => database.Read(
        async db =>
        {
            var rows = (await db.QueryAsync<EventRow>(
                "SELECT key, event_timestamp FROM events WHERE subject_id = @subjectId AND key IS NOT NULL", new { subjectId })).AsList();
            DateTimeOffset? last = rows.Count > 0 ? new EventTime(rows.Max(row => row.EventTimestamp)).ToDateTimeOffset() : null;
            return ((IReadOnlyList<string>)[.. rows.Select(row => row.Key!)], last);
        },
        ct);

    public static EventView View(EventRow row)
    {
        using var payload = JsonDocument.Parse(row.Payload);
        return new EventView
        {
            Id = row.Id,
            EventType = row.Type,
            StepId = row.StepId,
            Payload = payload.RootElement.Clone(),
            EventTimestamp = new EventTime(row.EventTimestamp),
            CreatedAt = Microseconds.ToTime(row.CreatedAt),
            JobId = row.JobId,
            Seq = row.Seq,
            Late = row.Late,
            Subject = row.Subject,
            SubjectId = row.SubjectId,
            WorkloadId = row.Stream.Length > 0 ? row.Stream : null,
            Actor = row.Actor,
        };
    }
}
