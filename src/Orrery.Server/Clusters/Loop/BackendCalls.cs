using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Registry;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Makes the calls to a backend, several at once but one a workload at a time, again until they are taken.</summary>
internal sealed partial class BackendCalls(IClusterBackend backend, RunSpecReader specs, ClusterInbox inbox, IClusterLease lease, TimeSpan inputsPatience, TimeProvider clock, ILogger logger)
{
    private const int Workers = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Channel<string> queue = Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, Call> wanted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TimeSpan> pauses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Run, DateTimeOffset Since)> withoutInputs = new(StringComparer.Ordinal);

    public void Apply(string id, int run) => Want(id, new Call(CallKind.Apply, run));

    public void Remove(string id) => Want(id, new Call(CallKind.Remove, 0));

    public void DiscardLogs(string id) => Want(id, new Call(CallKind.DiscardLogs, 0));

    public Task Run(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => Work(ct), ct)));

    private void Want(string id, Call call)
    {
        var isNew = true;
        wanted.AddOrUpdate(id, call, (_, _) => { isNew = false; return call; });
        if (isNew)
            queue.Writer.TryWrite(id);
    }

    private async Task Work(CancellationToken ct)
    {
        await foreach (var id in queue.Reader.ReadAllAsync(ct))
        {
            while (wanted.TryGetValue(id, out var call))
            {
                if (!await Make(id, call, ct))
                {
                    _ = Later(id, ct);
                    break;
                }
                pauses.TryRemove(id, out _);
                if (wanted.TryRemove(new KeyValuePair<string, Call>(id, call)))
                    break; // else something newer is wanted
            }
        }
    }

    /// <summary>What is not taken now holds up nothing else.</summary>
    private async Task Later(string id, CancellationToken ct)
    {
        var pause = pauses.AddOrUpdate(id, FirstPause, (_, last) => last * 2 < LongestPause ? last * 2 : LongestPause);
        await Task.Delay(pause, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        queue.Writer.TryWrite(id);
    }

    /// <returns>Whether the backend has taken it.</returns>
    private async Task<bool> Make(string id, Call call, CancellationToken ct)
    {
        if (!lease.Acts)
            return false; // this is over soon
        try
        {
            switch (call.Kind)
            {
                case CallKind.Apply:
                    if (await specs.Read(id, call.Run, ct) is { } spec)
                        await backend.Apply(spec, ct);
                    withoutInputs.TryRemove(id, out _);
                    inbox.Applied(id, call.Run, null);
                    break;
                case CallKind.Remove:
                    withoutInputs.TryRemove(id, out _);
                    await backend.Remove(id, ct);
                    break;
                default:
                    await backend.DiscardLogs(id, ct);
                    break;
            }
            return true;
        }
        catch (InputsLostException lost) when (HasWaited(id, call.Run))
        {
            withoutInputs.TryRemove(id, out _);
            inbox.Report(new BackendReport.Change(new RunStatus { WorkloadId = id, Run = call.Run, Phase = RunPhases.Failed, Message = $"its inputs are lost: {lost.Message}" }));
            return true;
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Log.NotTaken(logger, call.Kind, id, error.Message);
            if (call.Kind == CallKind.Apply)
                inbox.Applied(id, call.Run, error is BackendRefusedException or InputsLostException
                    ? $"it cannot be started now, and is tried again: {error.Message}"
                    : "the cluster cannot be reached now; it will be told as soon as it answers");
            return false;
        }
    }

    private bool HasWaited(string id, int run)
    {
        var now = clock.GetUtcNow();
        return now - withoutInputs.AddOrUpdate(id, (run, now), (_, known) => known.Run == run ? known : (run, now)).Since >= inputsPatience;
    }

    private enum CallKind
    {
        Apply,
        Remove,
        DiscardLogs,
    }

    private sealed record Call(CallKind Kind, int Run);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} of {Workload} was not taken by the backend and is tried again: {Reason}")]
        public static partial void NotTaken(ILogger logger, CallKind kind, string workload, string reason);
    }
}
