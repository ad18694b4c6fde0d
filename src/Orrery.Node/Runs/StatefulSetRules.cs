namespace Orrery.Node.Runs;

/// <summary>Replicas with names: they start in order, and an update replaces them from the highest rank down, one at a time.</summary>
internal sealed class StatefulSetRules(RunState state, DateTimeOffset now, TimeSpan drain) : RunRules(state, now, drain)
{
    public override void Decide()
    {
        var replicas = State.Spec.Replicas;
        foreach (var pod in State.Pods.Where(IsEnded))
            End(pod, vanishes: true);
        if (State.Pods.Exists(p => p.Stop is { Restarts: false }))
            return; // one at a time
        if (State.Pods.Where(p => p.Rank >= replicas.Count).MaxBy(p => p.Rank) is { } surplus)
        {
            End(surplus, "scaled down", vanishes: true);
            return;
        }
        // A gap in the ranks is filled from below, and only behind ready ones.
        foreach (var replica in replicas.OrderBy(r => r.Rank))
        {
            var pod = State.Pods.Find(p => p.Rank == replica.Rank);
            if (pod is null)
            {
                Make(replica);
                return;
            }
            if (!pod.IsReady && IsCurrent(pod))
                return;
        }
        if (State.Pods.Where(p => !IsCurrent(p)).MaxBy(p => p.Rank) is { } old)
            End(old, "replaced", vanishes: true);
    }
}
