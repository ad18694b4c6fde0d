using System.Net.ServerSentEvents;
using Orrery.Client.Http;

namespace Orrery.Client.Events;

/// <summary>One connection to a stream of server-sent events.</summary>
internal sealed class SseConnection<T> : IAsyncDisposable
    where T : class
{
    /// <summary>Seconds; a stream silent for this long is taken for a dead connection.</summary>
    private const int Silence = 90;

    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<T?>> items;
    private readonly CancellationTokenSource reading;

    private SseConnection(HttpResponseMessage opened, Stream body, SseItemParser<T?> parse, TimeProvider clock)
    {
        response = opened;
        reading = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        items = SseParser.Create(body, parse).EnumerateAsync(reading.Token).GetAsyncEnumerator(reading.Token);
    }

    /// <param name="connection">Server and caller.</param>
    /// <param name="path">Path and query of the stream.</param>
    /// <param name="lastId">Sent as <c>Last-Event-ID</c>: only what follows it is wanted; null for the whole stream.</param>
    /// <param name="parse">Answers null for what is to be skipped.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<SseConnection<T>> Open(
        ApiConnection connection, string path, string? lastId, SseItemParser<T?> parse, CancellationToken cancellation)
    {
        var request = ApiRequest.Get(path) with { Accept = "text/event-stream" };
        if (lastId is not null)
            request = request with { Headers = new Dictionary<string, string> { ["Last-Event-ID"] = lastId } };
        var opened = await connection.Open(request, cancellation).ConfigureAwait(false);
        var body = await opened.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        return new SseConnection<T>(opened, body, parse, connection.Clock);
    }

    /// <summary>The next event; null when the server closed the stream.</summary>
    /// <exception cref="TimeoutException">Nothing came for too long.</exception>
    public async Task<SseItem<T>?> Next(CancellationToken cancellation)
    {
        using var stop = cancellation.Register(static source => ((CancellationTokenSource)source!).Cancel(), reading);
        reading.CancelAfter(TimeSpan.FromSeconds(Silence));
        try
        {
            while (await items.MoveNextAsync().ConfigureAwait(false))
            {
                reading.CancelAfter(TimeSpan.FromSeconds(Silence));
                if (items.Current is { Data: { } data } item)
                    return new SseItem<T>(data, item.EventType) { EventId = item.EventId };
            }
            return null;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"No event and no sign of life for {Silence} s.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await items.DisposeAsync().ConfigureAwait(false);
        response.Dispose();
        reading.Dispose();
    }
}
