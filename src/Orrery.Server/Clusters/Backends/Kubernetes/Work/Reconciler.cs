using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Logs;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.State;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Work;

/// <summary>Takes each workload of which something has changed one step further; several at once, each by one at a time.</summary>
internal sealed partial class Reconciler(KubernetesClient client, RunMaker maker, RunRemover remover, LogKeeper logs, Func<bool> acts, KubernetesOptions options, TimeProvider clock, ILogger logger)
{
    private const int Workers = 8;
    private readonly Channel<TrackedWorkload> queue = Channel.CreateUnbounded<TrackedWorkload>();
    private readonly ConcurrentDictionary<string, bool> queued = new(StringComparer.Ordinal);

    /// <summary>Told of each workload after its step: true when it has just been removed.</summary>
    public required Action<TrackedWorkload, bool> Done { get; init; }

    public void Enqueue(TrackedWorkload workload)
    {
        if (queued.TryAdd(workload.Id, true))
            queue.Writer.TryWrite(workload);
    }

    public Task Run(CancellationToken ct) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => Work(ct), ct)));

    /// <exception cref="KubernetesException">The cluster refuses something or is out of reach.</exception>
    public async Task Reconcile(TrackedWorkload workload, CancellationToken ct)
    {
        await workload.Turn.WaitAsync(ct);
        await TakeTurn(workload, ct);
    }

    private async Task TakeTurn(TrackedWorkload workload, CancellationToken ct)
    {
        var isRemoved = false;
        workload.IsDue = false;
        try
        {
            isRemoved = await Step(workload, ct);
        }
        finally
        {
            workload.Turn.Release();
            Done(workload, isRemoved);
            if (workload.IsDue)
                Enqueue(workload);
        }
    }

    private async Task Work(CancellationToken ct)
    {
        await foreach (var workload in queue.Reader.ReadAllAsync(ct))
        {
            queued.TryRemove(workload.Id, out _); // what changes from now on is another step
            workload.IsDue = true;
            if (!workload.Turn.Wait(TimeSpan.Zero, CancellationToken.None))
                continue; // whoever has the turn sees to it afterwards: others are not kept waiting here
            try
            {
                await TakeTurn(workload, ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                Log.NotDone(logger, workload.Id, error.Message);
                _ = Again(workload, ct);
            }
        }
    }

    private async Task Again(TrackedWorkload workload, CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(options.RetryS), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Enqueue(workload);
    }

    /// <returns>Whether it was to be removed and nothing is left of it.</returns>
    private async Task<bool> Step(TrackedWorkload workload, CancellationToken ct)
    {
        if (!acts())
            return false;
        bool isRemoving;
        RunSpec? wanted;
        Task ended;
        lock (workload.Gate)
        {
            (isRemoving, wanted) = (workload.IsRemoving, workload.Wanted);
            ended = Task.WhenAll([.. Ranked(workload).Select(one => logs.Look(workload, one.Pod, one.Rank))]);
        }
        if (isRemoving)
        {
            await Kept(ended, ct);
            return await Remove(workload, ct);
        }
        if (wanted is not null && Lacks(workload, wanted))
            await Make(workload, wanted, ct);
        await GiveRanks(workload, ct);
        await EndPods(workload, ct);
        return false;
    }

    private async Task<bool> Remove(TrackedWorkload workload, CancellationToken ct)
    {
        await KeepLiving(workload, ct);
        if (!await remover.Step(workload, ct))
            return false;
        await Kept(logs.Finish(workload.Id), ct);
        return true;
    }

    private async Task KeepLiving(TrackedWorkload workload, CancellationToken ct)
    {
        List<(K8s.Pod Pod, int Rank)> live;
        lock (workload.Gate)
            live = [.. Ranked(workload).Where(one => !one.Pod.IsDeleting() && !one.Pod.IsOver())];
        await Kept(Task.WhenAll(live.Select(one => logs.KeepNow(workload, one.Pod, one.Rank))), ct);
    }

    /// <summary>A node that does not give out a log holds nothing else up for long; the log is kept on in the background.</summary>
    private async Task Kept(Task keeping, CancellationToken ct) =>
        await keeping.WaitAsync(TimeSpan.FromSeconds(options.LastLogS), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>A run that the cluster finds invalid will not become valid.</summary>
    private async Task Make(TrackedWorkload workload, RunSpec wanted, CancellationToken ct)
    {
        if (wanted.Run > 1)
            await KeepLiving(workload, ct); // an update ends them without asking
        try
        {
            await maker.Make(workload, wanted, ct);
        }
        catch (KubernetesInvalidException error)
        {
            lock (workload.Gate)
                workload.Refused = $"the cluster finds it invalid: {error.Message}";
        }
    }

    /// <summary>What of a run is not there yet.</summary>
    private static bool Lacks(TrackedWorkload workload, RunSpec wanted)
    {
        lock (workload.Gate)
        {
            if (workload.Refused is not null)
                return false;
            if (WorkloadKinds.IsService(wanted.Kind))
                return !workload.Sent.Contains(new ObjectRef(wanted.Kind == WorkloadKinds.Deployment ? ResourceTypes.Deployments.Plural : ResourceTypes.StatefulSets.Plural, workload.Id))
                    || (workload.Deployment?.RunOf() ?? workload.StatefulSet?.RunOf() ?? wanted.Run) < wanted.Run;
            return JobReader.Failure(workload) is null;
        }
    }

    /// <summary>Pods of a Deployment have no order of their own: each gets the lowest rank that is free, and keeps it.</summary>
    private async Task GiveRanks(TrackedWorkload workload, CancellationToken ct)
    {
        var given = new List<(K8s.Pod Pod, int Rank)>();
        lock (workload.Gate)
        {
            var pods = workload.Pods.Values.Where(pod => pod.Label(Marks.Kind) == WorkloadKinds.Deployment && !pod.IsDeleting() && !pod.IsOver()).ToList();
            foreach (var pod in pods.Where(pod => ServiceReader.RankOf(workload, pod) is null).OrderBy(pod => pod.Metadata.CreationTimestamp).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal))
            {
                var taken = pods.Where(other => other.RunOf() == pod.RunOf()).Select(other => ServiceReader.RankOf(workload, other)).ToHashSet();
                var rank = Enumerable.Range(0, pods.Count + 1).First(one => !taken.Contains(one));
                workload.Ranks[pod.Metadata.Uid!] = rank;
                given.Add((pod, rank));
            }
        }
        foreach (var (pod, rank) in given)
        {
            var label = new ObjectPatch(new ObjectMeta { Labels = new(StringComparer.Ordinal) { [Marks.Rank] = $"{rank}" } });
            try
            {
                await client.Pods.Patch(pod.Metadata.Namespace, pod.Metadata.Name!, Patch.Merge(JsonSerializer.SerializeToElement(label, PatchJson.Default.ObjectPatch)), subresource: null, ct);
            }
            catch (KubernetesNotFoundException)
            {
                // it did not live long
            }
        }
    }

    /// <summary>Ranks of a gang that has failed, what is left of an earlier run, and pods that a StatefulSet waits for in vain.</summary>
    private async Task EndPods(TrackedWorkload workload, CancellationToken ct)
    {
        var doomed = new List<(K8s.Pod Pod, int Rank)>();
        lock (workload.Gate)
        {
            var isService = WorkloadKinds.IsService(workload.Kind);
            var isFailed = !isService && JobReader.Failure(workload) is not null;
            var template = Marks.Number(workload.StatefulSet?.Spec?.Template.Metadata?.Labels?.GetValueOrDefault(Marks.Run));
            foreach (var (pod, rank) in Ranked(workload).Where(one => !one.Pod.IsDeleting()))
            {
                var isEarlier = !isService && pod.RunOf() < workload.Run;
                var isStuck = workload.StatefulSet is not null && pod.RunOf() < template && !pod.IsReady();
                if (!isEarlier && !isStuck && !(isFailed && !pod.IsOver()))
                    continue;
                if (!pod.IsOver())
                    workload.Ended.Add(pod.Metadata.Uid!);
                doomed.Add((pod, rank));
            }
        }
        await Kept(Task.WhenAll(doomed.Select(one => logs.KeepNow(workload, one.Pod, one.Rank))), ct);
        foreach (var (pod, _) in doomed)
        {
            try
            {
                await client.Pods.Delete(pod.Metadata.Namespace, pod.Metadata.Name!, new DeleteOptions { Preconditions = new Preconditions(pod.Metadata.Uid) }, ct);
            }
            catch (Exception gone) when (gone is KubernetesNotFoundException or KubernetesConflictException)
            {
                // ended by itself meanwhile, or followed by another of its name
            }
        }
    }

    private static IEnumerable<(K8s.Pod Pod, int Rank)> Ranked(TrackedWorkload workload)
    {
        foreach (var pod in workload.Pods.Values)
        {
            if (WorkloadReader.RankOf(workload, pod) is { } rank)
                yield return (pod, rank);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Workload} could not be taken further and is tried again: {Reason}")]
        public static partial void NotDone(ILogger logger, string workload, string reason);
    }
}
