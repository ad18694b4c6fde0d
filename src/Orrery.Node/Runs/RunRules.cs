using Orrery.Contracts.Runs;
using Orrery.Node.Pods;

namespace Orrery.Node.Runs;

/// <summary>Decides what a workload needs next: which pods to make, to launch, to end.</summary>
internal abstract class RunRules(RunState state, DateTimeOffset now, TimeSpan drain)
{
    protected RunState State => state;

    protected DateTimeOffset Now => now;

    public static RunRules Of(RunState state, DateTimeOffset now, TimeSpan drain) => state.Spec.Kind switch
    {
        WorkloadKinds.Deployment => new DeploymentRules(state, now, drain),
        WorkloadKinds.StatefulSet => new StatefulSetRules(state, now, drain),
        _ => new JobRules(state, now, drain),
    };

    /// <summary>Makes pods and demands ends, in <see cref="RunState.Pods"/>.</summary>
    public abstract void Decide();

    /// <summary>The workload is to go.</summary>
    public void EndAll()
    {
        foreach (var pod in state.Pods)
            End(pod);
    }

    /// <summary>A pod that waits may be launched now.</summary>
    public virtual bool MayLaunch(PodState pod) => pod.NextStart is null || pod.NextStart <= now;

    protected static bool IsEnded(PodState pod) => pod.Stage is PodStage.Succeeded or PodStage.Failed;

    /// <summary>Its processes may live, or will again.</summary>
    protected static bool IsWanted(PodState pod) => !IsEnded(pod) && pod.Stop is null;

    /// <summary>Made from what is wanted now.</summary>
    protected bool IsCurrent(PodState pod) => pod.Run == state.Spec.Run || Template.IsSame(state.SpecOf(pod), state.Spec);

    protected void Make(ReplicaSpec replica) => state.Pods.Add(new PodState
    {
        PodId = replica.PodId,
        Run = state.Spec.Run,
        Rank = replica.Rank,
        NodeName = replica.NodeName,
    });

    protected void End(PodState pod, string message = "", bool vanishes = false)
    {
        if (IsEnded(pod))
        {
            if (!vanishes)
                return;
            pod.Stop ??= new PodStop { Reason = PodEnd.Stopped };
            pod.Stop.Vanishes = true; // also of one that was ended because another rank had failed
            return;
        }
        if (pod.Stop is { } stop)
        {
            stop.Restarts = false;
            stop.Vanishes |= vanishes;
            return;
        }
        var isService = WorkloadKinds.IsService(state.Spec.Kind);
        pod.Stop = new PodStop
        {
            Reason = PodEnd.Stopped,
            Message = message,
            Vanishes = vanishes,
            DrainUntil = isService ? now + drain : now,
        };
        if (pod.Stage != PodStage.Waiting)
            return;
        pod.Stage = PodStage.Failed;
        pod.Reason = PodEnd.Stopped;
        pod.EndTime = now;
    }
}
