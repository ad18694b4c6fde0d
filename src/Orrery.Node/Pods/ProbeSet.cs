using System.Collections.Concurrent;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Runs;

namespace Orrery.Node.Pods;

/// <summary>The probes of one workload's running containers.</summary>
internal sealed class ProbeSet(NodeServices node, Action wake) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunningProbe> probes = [];

    /// <summary>Starts probes of containers that run and ends those of others; then sets readiness and demands the end of dead ones.</summary>
    public void Apply(RunState state)
    {
        var wanted = new HashSet<string>();
        foreach (var pod in state.Pods)
        {
            if (pod is not { Stage: PodStage.Live, ContainerStart: { } start })
            {
                pod.IsReady = false;
                continue;
            }
            var spec = state.SpecOf(pod);
            Judge(pod, Running("ready", spec.Readiness, pod, start, wanted), Running("live", spec.Liveness, pod, start, wanted));
        }
        foreach (var key in probes.Keys.Where(k => !wanted.Contains(k)))
        {
            if (probes.TryRemove(key, out var old))
                _ = old.DisposeAsync().AsTask();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var probe in probes.Values)
            await probe.DisposeAsync();
    }

    private void Judge(PodState pod, RunningProbe? readiness, RunningProbe? liveness)
    {
        pod.IsReady = readiness is null ? pod.Stop is null || pod.IsReady : readiness.IsPassing ?? pod.IsReady;
        if (liveness?.IsPassing == false && pod.Stop is null)
        {
            pod.Stop = new PodStop
            {
                Reason = PodEnd.Unhealthy,
                Message = "the liveness probe failed: " + liveness.Problem,
                Restarts = true,
                DrainUntil = node.Now,
            };
        }
    }

    private RunningProbe? Running(string name, ProbeSpec? spec, PodState pod, DateTimeOffset start, HashSet<string> wanted)
    {
        if (spec is null)
            return null;
        var key = $"{pod.PodId}/{pod.Container}/{name}";
        wanted.Add(key);
        return probes.GetOrAdd(key, _ => new RunningProbe(node, spec, pod.Ip, start, wake));
    }
}
