using System.Runtime.CompilerServices;
using Orrery.Kubernetes;
using Orrery.Server.Clusters.Backends.Kubernetes.State;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Logs;

/// <summary>Reads the log of a pod: what was kept of it, then what its node still has.</summary>
/// <param name="client">Of the cluster.</param>
/// <param name="kept">What was kept.</param>
/// <param name="find">Where the pod is; null while it has no object.</param>
/// <param name="clock">Times the waits between looks.</param>
internal sealed class LogReader(KubernetesClient client, KeptLogs kept, Func<PodRef, PodPlace?> find, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public async IAsyncEnumerable<PodLine> Read(PodRef pod, PodLogQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = query.AfterOffset ?? (query.Since is { } since ? LogOffset.From(since) - 1 : 0);
        var last = after;
        int? tail = query.AfterOffset is null ? query.Tail : null;
        var there = await Present(pod, after, tail, ct);
        foreach (var line in there.TakeLast(tail ?? there.Count))
        {
            last = line.Offset;
            yield return line;
        }
        last = there is [.., var end] ? end.Offset : last;
        while (query.Follow)
        {
            await foreach (var line in Live(pod, last, new PodLogOptions { Follow = true }, ct))
            {
                last = line.Offset;
                yield return line;
            }
            await Task.Delay(Pause, clock, ct); // its container has ended, or has not started: another may
            foreach (var line in await kept.After(pod.PodId, last, ct))
            {
                last = line.Offset;
                yield return line;
            }
        }
    }

    /// <summary>All that there is now after an offset.</summary>
    private async Task<List<PodLine>> Present(PodRef pod, long after, int? tail, CancellationToken ct)
    {
        var lines = new List<PodLine>(await kept.After(pod.PodId, after, ct));
        var last = lines is [.., var end] ? end.Offset : after;
        await foreach (var line in Live(pod, last, new PodLogOptions { Tail = tail }, ct))
            lines.Add(line);
        return lines;
    }

    /// <summary>From the pod's node; nothing when the pod has not started or is gone.</summary>
    private async IAsyncEnumerable<PodLine> Live(PodRef pod, long after, PodLogOptions which, [EnumeratorCancellation] CancellationToken ct)
    {
        if (find(pod) is not { } place)
            yield break;
        var options = which with { Container = place.Container, Timestamps = true, Since = after > 0 ? LogOffset.TimeOf(after) : null };
        var last = after;
        var isPast = after <= 0;
        await using var lines = client.PodAccess.Logs(place.Namespace, place.Name, options, ct).GetAsyncEnumerator(ct);
        while (await Next(lines))
        {
            var line = lines.Current;
            if (!isPast && line.Time is { } time && LogOffset.From(time) <= after)
                continue; // the node begins at a whole second
            isPast = true;
            last = LogOffset.Of(line.Time, last);
            yield return new PodLine(last, line.Text);
        }
    }

    private static async Task<bool> Next(IAsyncEnumerator<PodLogLine> lines)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (KubernetesApiException)
        {
            return false; // no container of it has started, or it has just gone
        }
    }
}
