using System.Net.ServerSentEvents;
using System.Text.Json;
using Orrery.Client.Http;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;

namespace Orrery.Client.Events;

/// <summary>One connection to a workload's event stream (server-sent events, their id is the <c>seq</c>).</summary>
internal sealed class EventStream : IAsyncDisposable
{
    /// <summary>A stream silent for this long is taken for a dead connection and opened again.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<EventView?>> items;
    private readonly CancellationTokenSource reading;

    private EventStream(HttpResponseMessage opened, Stream body, TimeProvider clock)
    {
        response = opened;
        reading = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        items = SseParser.Create(body, Parse).EnumerateAsync(reading.Token).GetAsyncEnumerator(reading.Token);
    }

    public static async Task<EventStream> Open(ApiConnection connection, string workloadId, long lastSeq, CancellationToken cancellation)
    {
        var request = ApiRequest.Get($"/v1/workloads/{QueryText.Segment(workloadId)}/events") with
        {
            Accept = "text/event-stream",
            Headers = new Dictionary<string, string> { ["Last-Event-ID"] = lastSeq.ToString() },
        };
        var opened = await connection.Open(request, cancellation).ConfigureAwait(false);
        var body = await opened.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        return new EventStream(opened, body, connection.Clock);
    }

    /// <summary>The next event; null when the server closed the stream.</summary>
    /// <exception cref="TimeoutException">Nothing came for too long.</exception>
    public async Task<EventView?> Next(CancellationToken cancellation)
    {
        using var stop = cancellation.Register(static source => ((CancellationTokenSource)source!).Cancel(), reading);
        reading.CancelAfter(Silence);
        try
        {
            while (await items.MoveNextAsync().ConfigureAwait(false))
            {
                reading.CancelAfter(Silence);
                if (items.Current.Data is { } happened)
                    return happened;
            }
            return null;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"No event and no sign of life for {Silence.TotalSeconds} s.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await items.DisposeAsync().ConfigureAwait(false);
        response.Dispose();
        reading.Dispose();
    }

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
