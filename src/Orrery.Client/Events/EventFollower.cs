using System.Text.Json;
using Orrery.Client.Http;
using Orrery.Client.Workloads;
using Orrery.Contracts.Deployments;

namespace Orrery.Client.Events;

/// <summary>
/// Follows one workload's events over any number of connections. Once it was connected it waits for a server that is
/// gone; when the workload has ended, what is left is fetched and not awaited.
/// </summary>
internal sealed class EventFollower(ApiConnection connection, WorkloadsClient workloads, string id, long afterSeq) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly string[] PhaseMembers = ["phase", "to"];

    private readonly Queue<EventView> rest = [];
    private SseConnection<EventView>? stream;
    private long lastSeq = afterSeq;
    private bool wasConnected;
    private bool hasEnded;

    /// <summary>The next event, or null when the workload has ended and everything was seen.</summary>
    public async Task<EventView?> Next(CancellationToken cancellation)
    {
        while (true)
        {
            var happened = hasEnded
                ? await Remaining(cancellation).ConfigureAwait(false)
                : await Live(cancellation).ConfigureAwait(false);
            if (happened is null && hasEnded)
                return null;
            if (happened is null || happened.Seq <= lastSeq)
                continue;
            lastSeq = happened.Seq;
            hasEnded |= IsEnd(happened);
            return happened;
        }
    }

    public ValueTask DisposeAsync() => stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static bool IsEnd(EventView happened) =>
        happened is { EventType: "workload.phase_changed", Payload.ValueKind: JsonValueKind.Object } &&
        PhaseMembers.Any(name =>
            happened.Payload.TryGetProperty(name, out var phase) &&
            phase.ValueKind == JsonValueKind.String && WorkloadPhases.IsEnd(phase.GetString()));

    private async Task<EventView?> Remaining(CancellationToken cancellation)
    {
        if (rest.Count == 0)
        {
            foreach (var happened in (await workloads.Events(id, lastSeq, cancellation: cancellation).ConfigureAwait(false)).Events)
                rest.Enqueue(happened);
        }
        return rest.TryDequeue(out var next) ? next : null;
    }

    /// <summary>Null: the connection is gone, and either the workload has ended or it is time to connect again.</summary>
    private async Task<EventView?> Live(CancellationToken cancellation)
    {
        try
        {
            stream ??= await EventStream.Open(connection, id, lastSeq, cancellation).ConfigureAwait(false);
            wasConnected = true;
            if (await stream.Next(cancellation).ConfigureAwait(false) is { } item)
                return item.Data;
            hasEnded = (await workloads.Get(id, cancellation).ConfigureAwait(false)).HasEnded();
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException || (e is OrreryUnreachableException && wasConnected))
        {
            hasEnded = false;
        }
        await Drop().ConfigureAwait(false);
        if (!hasEnded)
            await Task.Delay(Pause, connection.Clock, cancellation).ConfigureAwait(false);
        return null;
    }

    private async Task Drop()
    {
        if (stream is not null)
            await stream.DisposeAsync().ConfigureAwait(false);
        stream = null;
    }
}
