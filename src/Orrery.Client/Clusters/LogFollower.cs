using System.Globalization;
using System.Net;
using System.Text;
using Orrery.Client.Events;
using Orrery.Client.Http;

namespace Orrery.Client.Clusters;

/// <summary>
/// Follows one pod's log over any number of connections. A stream that closes may have closed with its pod or with its
/// server: only a connection that brings nothing new from a pod that has ended is the end.
/// </summary>
internal sealed class LogFollower(ApiConnection connection, ClusterWorkloadsClient workloads, string id, string podId, LogQuery query) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private SseConnection<string>? stream;
    private long lastOffset = -1;
    private bool wasConnected;
    private bool broughtNothing;
    private bool hasEnded;

    /// <summary>The next line, or null when the pod has ended and everything was seen.</summary>
    public async Task<LogLine?> Next(CancellationToken cancellation)
    {
        while (!hasEnded)
        {
            if (await Live(cancellation).ConfigureAwait(false) is not { } line || line.Offset <= lastOffset)
                continue;
            (lastOffset, broughtNothing) = (line.Offset, false);
            return line;
        }
        return null;
    }

    public ValueTask DisposeAsync() => stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Null: no line of the log, or the connection is gone.</summary>
    private async Task<LogLine?> Live(CancellationToken cancellation)
    {
        var isOver = false;
        try
        {
            stream ??= await Open(cancellation).ConfigureAwait(false);
            if (await stream.Next(cancellation).ConfigureAwait(false) is { } item)
                return long.TryParse(item.EventId, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? new LogLine(offset, item.Data) : null;
            isOver = await PodHasEnded(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException || (e is OrreryUnreachableException && wasConnected))
        {
            broughtNothing = false;
        }
        await Drop().ConfigureAwait(false);
        hasEnded = isOver && broughtNothing;
        if (!isOver)
            await Task.Delay(Pause, connection.Clock, cancellation).ConfigureAwait(false);
        return null;
    }

    /// <summary>The first connection asks for the caller's lines, a later one for what follows the last of them.</summary>
    private async Task<SseConnection<string>> Open(CancellationToken cancellation)
    {
        var isResumed = lastOffset >= 0;
        var wanted = isResumed ? new LogQuery { Container = query.Container } : query;
        var opened = await SseConnection<string>.Open(
            connection, wanted.Path(PodsClient.Of(id, podId) + "/logs", follow: true), isResumed ? $"{lastOffset}" : null,
            static (_, data) => Encoding.UTF8.GetString(data), cancellation).ConfigureAwait(false);
        (wasConnected, broughtNothing) = (true, true);
        return opened;
    }

    private async Task<bool> PodHasEnded(CancellationToken cancellation)
    {
        try
        {
            var workload = await workloads.Get(id, cancellation).ConfigureAwait(false);
            return workload.HasEnded() || workload.Pods.FirstOrDefault(p => p.PodId == podId) is not { } pod || pod.HasEnded();
        }
        catch (OrreryApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return broughtNothing = true;
        }
    }

    private async Task Drop()
    {
        if (stream is not null)
            await stream.DisposeAsync().ConfigureAwait(false);
        stream = null;
    }
}
