using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Pods;
using Orrery.Node.Posix;

namespace Orrery.Node.Runs;

/// <summary>All workloads of the node.</summary>
internal sealed class RunRegistry(NodeServices node, RunStore store, StatusFeed feed, ILogger<RunRegistry> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunActor> actors = [];
    private readonly SemaphoreSlim gate = new(1);
    private readonly PodLauncher launcher = new(node);

    public bool IsEmpty => actors.IsEmpty;

    /// <summary>Takes over what an earlier node left, and removes what nobody owns.</summary>
    public void Recover()
    {
        launcher.InstallScript();
        var states = store.Load();
        foreach (var state in states)
            Add(state).Adopt();
        var pods = states.SelectMany(s => s.Pods).ToList();
        new Leftovers(node).Remove(pods);
        foreach (var actor in actors.Values)
        {
            feed.Publish(actor.Status);
            actor.Start();
        }
    }

    /// <summary>Returns when the run is recorded durably; an old one changes nothing, one that was removed is told so again.</summary>
    public async Task Apply(RunSpec spec)
    {
        await gate.WaitAsync();
        try
        {
            if (store.WasRemoved(spec.WorkloadId, spec.Run))
            {
                feed.Tell(new RunStatus { WorkloadId = spec.WorkloadId, Run = spec.Run, Phase = RunPhases.Removed }); // whoever asks missed it
                return;
            }
            if (actors.TryGetValue(spec.WorkloadId, out var actor))
            {
                await actor.Change(state => Accept(state, spec));
                return;
            }
            var fresh = Add(new RunState { Spec = spec });
            await fresh.Change(_ => true);
            feed.Publish(fresh.Status);
            fresh.Start();
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task Remove(string workloadId)
    {
        if (!actors.TryGetValue(workloadId, out var actor) || !await actor.Change(state => state.IsRemoving = true))
            feed.Tell(new RunStatus { WorkloadId = workloadId, Run = store.LastRemoved(workloadId), Phase = RunPhases.Removed });
    }

    public async Task DiscardLogs(string workloadId)
    {
        if (!actors.TryGetValue(workloadId, out var actor) || !await actor.Change(state => state.DiscardsLogs = true))
            Files.DeleteTree(node.Folder.Log(workloadId));
    }

    public RunActor? Find(string workloadId) => actors.GetValueOrDefault(workloadId);

    public async ValueTask DisposeAsync()
    {
        foreach (var actor in actors.Values)
            await actor.DisposeAsync();
    }

    private static bool Accept(RunState state, RunSpec spec)
    {
        if (spec.Run <= state.Spec.Run || state.IsRemoving)
            return false;
        state.Older[state.Spec.Run] = state.Spec;
        state.Spec = spec;
        state.IsRolling = WorkloadKinds.IsService(spec.Kind);
        return true;
    }

    private RunActor Add(RunState state)
    {
        var actor = new RunActor(node, store, launcher, state, Published, logger);
        actors[state.Spec.WorkloadId] = actor;
        return actor;
    }

    private void Published(RunActor actor, RunStatus status)
    {
        if (actor.IsGone)
            actors.TryRemove(KeyValuePair.Create(actor.WorkloadId, actor));
        feed.Publish(status);
    }
}
