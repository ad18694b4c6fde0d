using Orrery.Node.Pods;

namespace Orrery.Node.Runs;

/// <summary>PyTorchJob and Authoring: all ranks start together; when one fails, the others are ended.</summary>
internal sealed class JobRules(RunState state, DateTimeOffset now, TimeSpan drain) : RunRules(state, now, drain)
{
    public override void Decide()
    {
        var earlier = State.Pods.Where(p => p.Run != State.Spec.Run).ToList();
        foreach (var pod in earlier)
            End(pod, vanishes: true);
        if (earlier.Count > 0)
            return; // the run before has to be gone first
        if (State.Pods.Count == 0)
        {
            State.Failure = null;
            foreach (var replica in State.Spec.Replicas)
                Make(replica);
        }
        var failed = State.Pods.Where(p => p.Stage == PodStage.Failed).MinBy(p => (p.EndTime, p.Rank));
        if (failed is null)
            return;
        State.Failure ??= Tell(failed);
        foreach (var pod in State.Pods)
            End(pod, "another rank failed");
    }

    private static string Tell(PodState pod)
    {
        var what = pod.Reason switch
        {
            PodEnd.OutOfMemory => "was killed for want of memory",
            PodEnd.Hung => "hung: " + pod.Message,
            PodEnd.Evicted => "was evicted: " + pod.Message,
            PodEnd.StartFailed or PodEnd.NodeRestarted => pod.Message,
            _ => PodEnd.Describe(pod.ExitCode ?? PodEnd.Killed),
        };
        return $"rank {pod.Rank} {what}";
    }
}
