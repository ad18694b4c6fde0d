using Orrery.Node.Pods;

namespace Orrery.Node.Runs;

/// <summary>Replicas in no order. An update starts new ones before it ends old ones, as far as surge and availability allow.</summary>
internal sealed class DeploymentRules(RunState state, DateTimeOffset now, TimeSpan drain) : RunRules(state, now, drain)
{
    public override void Decide()
    {
        var replicas = State.Spec.Replicas;
        foreach (var pod in State.Pods.Where(p => IsEnded(p) || p.Rank >= replicas.Count).ToList())
            End(pod, "scaled down", vanishes: true);

        var surge = Share.Surge(State.Spec.MaxSurge, replicas.Count);
        var unavailable = Share.Unavailable(State.Spec.MaxUnavailable, replicas.Count);
        if (surge == 0 && unavailable == 0)
            surge = 1;
        EndOld(replicas.Count, unavailable);
        var alive = State.Pods.Count(IsWanted);
        foreach (var replica in replicas.Where(r => !State.Pods.Exists(p => p.Rank == r.Rank && IsWanted(p) && IsCurrent(p))))
        {
            if (alive >= replicas.Count + surge)
                break;
            if (State.Pods.Exists(p => p.PodId == replica.PodId))
                continue; // the one of this name has to be gone first
            Make(replica);
            alive++;
        }
    }

    private void EndOld(int wanted, int unavailable)
    {
        var old = State.Pods.Where(p => IsWanted(p) && !IsCurrent(p)).ToList();
        var ready = State.Pods.Count(p => IsWanted(p) && p.IsReady);
        // Those that serve nobody go first; then, for each new one that is ready, the old one of its rank.
        foreach (var pod in old.OrderBy(p => p.IsReady).ThenByDescending(HasReadySuccessor).ThenBy(p => p.Rank))
        {
            if (pod.IsReady && ready <= wanted - unavailable)
                return;
            if (pod.IsReady)
                ready--;
            End(pod, "replaced", vanishes: true);
        }
    }

    private bool HasReadySuccessor(PodState old) => State.Pods.Exists(p => p.Rank == old.Rank && p.IsReady && IsWanted(p) && IsCurrent(p));
}
