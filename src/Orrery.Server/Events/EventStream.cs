using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Orrery.Contracts.Json;
using Orrery.Server.Errors;
using Orrery.Server.Workloads;

namespace Orrery.Server.Events;

/// <summary>Server-sent events of one workload; the id of each is its seq, so a lost connection resumes where it was.</summary>
internal sealed class EventStream(EventQueries events, WorkloadStore workloads, Signals signals, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private const int Chunk = 500;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    public static bool IsWanted(HttpContext http) =>
        http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    public IResult Open(string workloadId, HttpContext http, long afterSeq)
    {
        if (http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last &&
            (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out afterSeq) || afterSeq < 0))
            throw Refuse.Invalid("Last-Event-ID", "must be the seq of an event");
        return new Stream(this, workloadId, afterSeq);
    }

    private async Task Write(string id, long cursor, HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await http.Response.StartAsync(stop.Token);
        while (!stop.IsCancellationRequested)
        {
            var changed = signals.Next(id);
            var ended = await workloads.Find(id, stop.Token) is not { } row || WorkloadPhase.IsTerminal(row.Phase);
            var rows = await events.After(id, cursor, Chunk, stop.Token);
            foreach (var one in rows)
            {
                var data = JsonSerializer.Serialize(EventQueries.View(one), WireJson.Default.EventView);
                await http.Response.WriteAsync($"id: {one.Seq}\nevent: {one.Type}\ndata: {data}\n\n", stop.Token);
                cursor = one.Seq;
            }
            await http.Response.Body.FlushAsync(stop.Token);
            if (rows.Count == Chunk)
                continue;
            if (ended)
                return;
            await Wait(changed, http, stop.Token);
        }
    }

    private async Task Wait(Task changed, HttpContext http, CancellationToken ct)
    {
        try
        {
            await changed.WaitAsync(KeepAlive, clock, ct);
        }
        catch (TimeoutException)
        {
            await http.Response.WriteAsync(": still here\n\n", ct); // and look again: a signal may have been lost
        }
    }

    private sealed class Stream(EventStream owner, string id, long cursor) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            try
            {
                await owner.Write(id, cursor, httpContext);
            }
            catch (OperationCanceledException)
            {
                // The reader left, or the server stops: the cursor is the reader's.
            }
        }
    }
}
