using Orrery.Node.Posix;

namespace Orrery.Node.Logs;

/// <summary>Moves the output of all pods into their logs: one thread, one chunk of each in turn, so a flood waits in its own pipe.</summary>
internal sealed class LogPump : IDisposable
{
    private const int PollMilliseconds = 20;

    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Dictionary<string, PodOutput> outputs = [];
    private readonly Queue<Action> requests = [];
    private readonly Thread thread;
    private volatile bool isStopping;

    public LogPump(TimeProvider clock)
    {
        this.clock = clock;
        thread = new Thread(Run) { IsBackground = true, Name = "logs" };
        thread.Start();
    }

    public void Open(string podId, Func<PodOutput> open)
    {
        lock (gate)
        {
            if (!outputs.ContainsKey(podId))
                outputs.Add(podId, open());
        }
    }

    /// <summary>When the pod's output grew last; null for an unknown pod.</summary>
    public DateTimeOffset? GrownAt(string podId)
    {
        lock (gate)
            return outputs.GetValueOrDefault(podId)?.GrownAt;
    }

    /// <summary>Completes when all that the pod wrote is in its log.</summary>
    public Task Drain(string podId, bool closes = false)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
            requests.Enqueue(() => Finish(podId, closes, done));
        return done.Task;
    }

    public void Dispose()
    {
        isStopping = true;
        thread.Join();
        foreach (var output in outputs.Values)
            output.Dispose();
        foreach (var request in requests)
            request();
    }

    private void Finish(string podId, bool closes, TaskCompletionSource done)
    {
        PodOutput? output;
        lock (gate)
        {
            output = outputs.GetValueOrDefault(podId);
            if (closes)
                outputs.Remove(podId);
        }
        try
        {
            if (!isStopping)
                output?.Drain();
            if (closes)
                output?.Dispose();
            done.TrySetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            done.TrySetException(e);
        }
    }

    private void Run()
    {
        while (!isStopping)
        {
            Action[] actions;
            PodOutput[] all;
            lock (gate)
            {
                actions = [.. requests];
                requests.Clear();
                all = [.. outputs.Values.Where(o => o.RetryAt <= clock.GetUtcNow())];
            }
            foreach (var action in actions)
                action();
            if (actions.Length > 0)
                continue;
            foreach (var output in Readables(all))
                output.Move();
        }
    }

    private static List<PodOutput> Readables(PodOutput[] all)
    {
        var entries = new PollEntry[all.Length];
        for (var i = 0; i < all.Length; i++)
            entries[i] = new PollEntry { File = (int)all[i].Pipe.DangerousGetHandle(), Wanted = PollEntry.Readable };
        _ = Native.Poll(entries, (nuint)entries.Length, PollMilliseconds);
        return [.. all.Where((_, i) => (entries[i].Got & PollEntry.Readable) != 0)];
    }
}
