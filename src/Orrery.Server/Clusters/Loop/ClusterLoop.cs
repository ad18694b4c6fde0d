using Microsoft.Extensions.Logging;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Moves the workloads of one cluster: looks at what changed, makes the steps that follow, admits what fits, and commits all of it together.</summary>
/// <remarks>
/// Memory is a cache: whatever fails, the loop reads the database anew. It can be killed between any two lines.
/// Where another server acts on the cluster it looks on: it knows all, and changes nothing.
/// </remarks>
internal sealed partial class ClusterLoop(
    string clusterId, ClusterState state, ClusterInbox inbox, ClusterServices services, BackendSync sync, IClusterLease lease, ILogger logger)
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    private readonly TurnLoader loader = new(state, services);
    private DateTimeOffset? queueWakes;

    public async Task Run(CancellationToken ct)
    {
        var (loaded, acted) = (false, false);
        while (!ct.IsCancellationRequested)
        {
            var mail = new Mail();
            try
            {
                var acts = lease.Acts;
                loaded &= acts == acted; // what was seen from outside is no ground to act on
                acted = acts;
                if (!loaded)
                {
                    await loader.LoadAll(clusterId, ct);
                    sync.Everything(state);
                    loaded = true;
                }
                mail = inbox.Take();
                await (acts ? Turn(mail, ct) : LookOn(mail, ct));
                mail = new Mail();
                await inbox.Wait(Sleep(), services.Clock, ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                Log.Failed(logger, clusterId, error);
                loaded = false;
                inbox.Return(mail.Reports); // rows are read anew, but nobody tells these again
                await Task.Delay(LongestSleep, services.Clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private TimeSpan Sleep()
    {
        var now = services.Clock.GetUtcNow();
        var next = new[] { state.NextTimer, queueWakes }.Min() ?? now + LongestSleep;
        return TimeSpan.FromTicks(Math.Clamp((next - now).Ticks, TimeSpan.TicksPerMillisecond, LongestSleep.Ticks));
    }

    private async Task Turn(Mail mail, CancellationToken ct)
    {
        var now = services.Clock.GetUtcNow();
        var dirty = await loader.Take(clusterId, mail, ct);
        List<WorkloadChange> changes;
        lock (state.Gate)
        {
            sync.Observe(state, mail.Reports, dirty);
            dirty.UnionWith(state.Due(now));
            changes = [.. dirty.Select(id => Step(id, now)).OfType<WorkloadChange>()];
            foreach (var change in changes)
                Foresee(change);
            changes.AddRange(Admit(changes, now));
        }
        changes.AddRange(await services.Cron.Fire(state, dirty, now, ct));
        if (changes.Count > 0)
            await Commit(changes, ct);
        foreach (var id in dirty)
            sync.Look(state.Find(id), now);
    }

    private async Task LookOn(Mail mail, CancellationToken ct)
    {
        var dirty = await loader.Take(clusterId, mail, ct);
        lock (state.Gate)
        {
            sync.Observe(state, mail.Reports, dirty);
            state.Due(services.Clock.GetUtcNow());
        }
        queueWakes = null;
    }

    private WorkloadChange? Step(string id, DateTimeOffset now) =>
        state.Find(id) is { } entry ? WorkloadStep.Next(entry, now) : null;

    /// <summary>The queue learns of what ends before the commit, so that its room is given away in the same turn; a failed commit reads everything anew.</summary>
    private void Foresee(WorkloadChange change)
    {
        if (change.Delete)
            state.Remove(change.Before.Id);
        else
            state.Put(change.After);
    }

    private List<WorkloadChange> Admit(List<WorkloadChange> steps, DateTimeOffset now)
    {
        var made = new List<WorkloadChange>();
        var pass = state.Queue.Pass(now);
        queueWakes = pass.NextWake;
        var pending = steps.ToDictionary(step => step.Before.Id, StringComparer.Ordinal);
        foreach (var admission in pass.Admissions)
            Join(Admissions.Admit(Row(admission.JobId), admission.Nodes, now), admission.Nodes);
        foreach (var preemption in pass.Preemptions)
            Join(Admissions.Preempt(Row(preemption.VictimId), preemption, now), null);
        foreach (var failure in pass.DependencyFailures)
            Join(Admissions.FailForDependency(Row(failure.JobId), failure.DependencyId, "did not succeed", now), null);
        foreach (var row in state.Rollouts.Select(entry => entry.Row).ToList())
        {
            var spec = JobFactory.Spec(row);
            if (state.Queue.Resize(row.Id, spec.Replicas, JobFactory.Request(spec)) is { } nodes)
                Join(Admissions.Roll(row, nodes, now), nodes);
        }
        return made;

        ClusterWorkloadRow Row(string id) => state.Find(id)!.Row;

        void Join(WorkloadChange change, IReadOnlyList<string>? nodes)
        {
            if (pending.TryGetValue(change.Before.Id, out var earlier))
                Merge(earlier, change);
            else
                made.Add(change);
            state.Put(change.After, nodes);
        }
    }

    /// <summary>A second step of the same row in one turn: one write.</summary>
    private static void Merge(WorkloadChange earlier, WorkloadChange later)
    {
        earlier.After = later.After;
        earlier.Pods.AddRange(later.Pods);
        earlier.Events.AddRange(later.Events);
    }

    private async Task Commit(List<WorkloadChange> changes, CancellationToken ct)
    {
        var lost = (await services.Store.Commit(changes, lease, ct)).ToHashSet(StringComparer.Ordinal);
        lock (state.Gate)
        {
            foreach (var change in changes.Where(change => !lost.Contains(change.Before.Id) && !change.Delete))
                Settle(change);
        }
        foreach (var id in lost)
            inbox.Touch(id); // an endpoint was first: look at the row that there is now
        foreach (var change in changes)
        {
            sync.Look(state.Find(change.Before.Id), services.Clock.GetUtcNow());
            if (change.Delete)
                sync.Forget(change.Before.Id);
            services.Signals.Publish(change.Before.Id);
            if (change.After is { OrbitalId: { } orbital } && change.After.Phase != change.Before.Phase)
                services.Signals.Publish(orbital); // it waits for this stage
        }
    }

    private void Settle(WorkloadChange change)
    {
        if (state.Find(change.Before.Id) is not { } entry)
            return;
        state.Put(change.After);
        if (change.Child is { } child)
            inbox.Created([child]);
        foreach (var pod in change.Pods)
            entry.Pods[(pod.Run, pod.Rank)] = pod;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Cluster {Cluster} could not be brought further; it starts again from the database.")]
        public static partial void Failed(ILogger logger, string cluster, Exception error);
    }
}
