using System.Text.Json;
using Orrery.Contracts.Clusters;
using Orrery.Server.Events;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Views;

/// <summary>The events of a workload, page by page.</summary>
internal sealed class EventPages(EventQueries events)
{
    public async Task<ClusterEventFeed> After(string workloadId, long afterSeq, int limit, CancellationToken ct)
    {
        var rows = await events.After(workloadId, afterSeq, limit + 1, ct);
        var page = rows.Take(limit).Select(View).ToList();
        return new ClusterEventFeed(workloadId, page, page.Count > 0 ? page[^1].Seq : afterSeq, rows.Count > limit);
    }

    private static ClusterEventView View(EventRow row)
    {
        using var payload = JsonDocument.Parse(row.Payload);
        return new ClusterEventView(
            row.Id, row.Seq, row.Type, payload.RootElement.Clone(), Microseconds.ToTime(row.CreatedAt).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"), row.Actor);
    }
}
