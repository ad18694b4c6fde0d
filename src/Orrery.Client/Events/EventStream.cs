using System.Text.Json;
using Orrery.Client.Http;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;

namespace Orrery.Client.Events;

/// <summary>A workload's event stream; the id of each is its <c>seq</c>.</summary>
internal static class EventStream
{
    public static Task<SseConnection<EventView>> Open(ApiConnection connection, string workloadId, long lastSeq, CancellationToken cancellation) =>
        SseConnection<EventView>.Open(
            connection, $"/v1/workloads/{QueryText.Segment(workloadId)}/events", lastSeq.ToString(), Parse, cancellation);

    /// <summary>Null for what is no event of ours, like a keep-alive.</summary>
    private static EventView? Parse(string type, ReadOnlySpan<byte> data)
    {
        try
        {
            return data.Length > 0 && data[0] == '{' ? JsonSerializer.Deserialize(data, WireJson.Default.EventView) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
