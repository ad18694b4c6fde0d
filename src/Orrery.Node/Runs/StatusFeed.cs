using System.Threading.Channels;
using Orrery.Contracts.Runs;

namespace Orrery.Node.Runs;

/// <summary>The newest status of every workload, for those who watch.</summary>
internal sealed class StatusFeed
{
    /// <summary>A watcher that is so far behind is cut off; it comes back for a snapshot.</summary>
    private const int LongestQueue = 10_000;

    private readonly Dictionary<string, RunStatus> newest = [];
    private readonly List<Channel<RunStatus>> watchers = [];
    private readonly Lock gate = new();

    public void Publish(RunStatus status)
    {
        lock (gate)
        {
            if (status.Phase == RunPhases.Removed)
                newest.Remove(status.WorkloadId);
            else
                newest[status.WorkloadId] = status;
            Spread(status);
        }
    }

    /// <summary>Tells it without keeping it.</summary>
    public void Tell(RunStatus status)
    {
        lock (gate)
            Spread(status);
    }

    public List<RunStatus> Snapshot()
    {
        lock (gate)
            return [.. newest.Values];
    }

    /// <summary>A snapshot, and every change after it.</summary>
    public (List<RunStatus> Snapshot, ChannelReader<RunStatus> Changes, Action Leave) Watch()
    {
        var channel = Channel.CreateBounded<RunStatus>(LongestQueue);
        lock (gate)
        {
            watchers.Add(channel);
            return ([.. newest.Values], channel.Reader, () => Leave(channel));
        }
    }

    private void Leave(Channel<RunStatus> channel)
    {
        lock (gate)
            watchers.Remove(channel);
    }

    private void Spread(RunStatus status)
    {
        foreach (var watcher in watchers.Where(w => !w.Writer.TryWrite(status)).ToList())
        {
            watcher.Writer.TryComplete();
            watchers.Remove(watcher);
        }
    }
}
