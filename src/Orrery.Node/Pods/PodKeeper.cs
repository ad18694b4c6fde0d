using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Runs;

namespace Orrery.Node.Pods;

/// <summary>Brings one pod a step further: sees what became of it, ends it on demand, notes how it ended.</summary>
internal sealed class PodKeeper(NodeServices node, PodLauncher launcher, PodProcesses processes)
{
    /// <summary>Looks at a live pod's container.</summary>
    public async Task Observe(RunState state, PodState pod)
    {
        var container = launcher.ContainerOf(pod);
        switch (container.Look())
        {
            case ContainerLife.Unclaimed or ContainerLife.Starting:
                GiveUpWhenLate(state, pod, container);
                break;
            case ContainerLife.Running when pod.ContainerStart is null:
                pod.ContainerStart = node.Now;
                pod.StartTime ??= node.Now;
                state.Warnings.UnionWith(container.Warnings);
                break;
            case ContainerLife.Exited:
                await End(state, pod, container, container.ExitCode!.Value);
                break;
            case ContainerLife.Lost:
                processes.Kill(pod, container);
                if (container.Init is { IsAlive: true })
                    break; // once more with the next step
                await End(state, pod, container, PodEnd.Killed, PodEnd.Error, "its supervisor was killed");
                break;
            case ContainerLife.OtherBoot:
                await End(state, pod, container, PodEnd.Killed, PodEnd.NodeRestarted, "the machine was restarted");
                break;
        }
    }

    /// <summary>Moves a demanded end on: drain, SIGTERM, SIGKILL.</summary>
    /// <param name="isBusy">Connections are open to the pod.</param>
    public void Stop(RunState state, PodState pod, bool isBusy)
    {
        var stop = pod.Stop!;
        var container = launcher.ContainerOf(pod);
        if (stop.TermAt is null)
        {
            if (isBusy && node.Now < stop.DrainUntil)
                return;
            if (container.Look() is not (ContainerLife.Running or ContainerLife.Starting))
                return;
            stop.TermAt = node.Now;
            processes.Terminate(pod, container);
        }
        var grace = TimeSpan.FromSeconds(state.SpecOf(pod).GraceS);
        if (node.Now >= stop.TermAt + grace)
            processes.Kill(pod, container);
    }

    /// <summary>A hung pod: its log does not grow.</summary>
    public bool IsHung(RunState state, PodState pod)
    {
        var limit = state.SpecOf(pod).HangTimeoutS;
        if (limit <= 0 || pod is not { Stage: PodStage.Live, Stop: null, ContainerStart: { } start })
            return false;
        var grown = node.Logs.GrownAt(pod.PodId) ?? start;
        return node.Now - (grown > start ? grown : start) > TimeSpan.FromSeconds(limit);
    }

    /// <summary>Removes what the container left on the machine.</summary>
    public void CleanUp(PodState pod)
    {
        processes.Sweep(pod);
        node.Machine.Cgroups.Remove(PodLauncher.GroupOf(pod));
        if (node.Machine.Bridge is { } bridge && bridge.Owns(pod.Ip))
            bridge.Disconnect(pod.Ip);
    }

    private async Task End(RunState state, PodState pod, Container container, int code, string? reason = null, string message = "")
    {
        var isOutOfMemory = code != 0 && node.Machine.Cgroups.HadOutOfMemory(PodLauncher.GroupOf(pod));
        processes.Sweep(pod);
        await node.Logs.Drain(pod.PodId);
        container.Acknowledge();
        CleanUp(pod);
        state.Warnings.UnionWith(container.Warnings);
        pod.EndTime = node.Now;
        if (container.Init is not null)
            pod.StartTime ??= pod.LaunchTime;
        pod.IsReady = false;
        pod.ExitCode = code;
        if (container.Init is null && reason is null)
            (reason, message) = (PodEnd.StartFailed, container.Warnings is [.., var why] ? $"the pod could not be set up: {why}" : "the pod could not be set up");
        if (pod.Stop is { } stop)
            (reason, message) = (stop.Reason, stop.Message);
        pod.Reason = reason ?? (isOutOfMemory ? PodEnd.OutOfMemory : code == 0 ? PodEnd.Completed : PodEnd.Error);
        pod.Message = message.Length > 0 ? message : code == 0 ? "" : PodEnd.Describe(code);
        Settle(state, pod, code);
    }

    private void Settle(RunState state, PodState pod, int code)
    {
        var isForced = pod.Stop?.Reason is PodEnd.Hung or PodEnd.Evicted; // however it took that
        var restarts = WorkloadKinds.IsService(state.Spec.Kind) && (pod.Stop is null || pod.Stop.Restarts) && !state.IsRemoving;
        if (!restarts)
        {
            pod.Stage = code == 0 && !isForced ? PodStage.Succeeded : PodStage.Failed;
            return;
        }
        if (pod.ContainerStart is { } start && node.Now - start >= node.Options.BackoffReset)
            pod.Failures = 0;
        var wait = Math.Min(node.Options.MaxBackoff.Ticks, node.Options.FirstBackoff.Ticks * Math.Pow(2, Math.Min(20, pod.Failures)));
        pod.NextStart = node.Now + TimeSpan.FromTicks((long)wait);
        pod.Failures++;
        pod.Restarts++;
        pod.Stop = null;
        pod.Stage = PodStage.Waiting;
    }

    private void GiveUpWhenLate(RunState state, PodState pod, Container container)
    {
        if (node.Now - pod.LaunchTime < node.Options.StartTimeout)
            return;
        if (container.Shim is null && container.TryClaim())
        {
            pod.Stage = PodStage.Waiting; // nothing of it has run
            return;
        }
        state.Warnings.Add($"{pod.PodId} did not start within {node.Options.StartTimeout.TotalSeconds} s");
        processes.Kill(pod, container);
        if (container.Shim is null)
            pod.Stage = PodStage.Failed;
    }
}
