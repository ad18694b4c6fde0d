using Orrery.Contracts.Runs;
using Orrery.Node.Pods;

namespace Orrery.Node.Runs;

/// <summary>Tells where a workload stands.</summary>
internal static class StatusBuilder
{
    private const string NoAddress = "waits for addresses of the machine's bridge, which has no more";

    public static RunStatus Build(RunState state, string hostIp, IEnumerable<string> warnings)
    {
        var (phase, message) = Phase(state);
        return new RunStatus
        {
            WorkloadId = state.Spec.WorkloadId,
            Run = state.Spec.Run,
            Phase = phase,
            Message = message,
            Pods = [.. state.Pods.OrderBy(p => p.Run).ThenBy(p => p.Rank).Select(p => Pod(p, hostIp))],
            ServiceAddress = state.Spec.Service is { } service && (state.ServiceIp ?? state.ServiceLoopback) is { } ip ? $"{ip}:{service.Port}" : null,
            Warnings = [.. state.Warnings.Concat(warnings).Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private static (string Phase, string Message) Phase(RunState state)
    {
        if (WorkloadKinds.IsService(state.Spec.Kind))
            return ServicePhase(state);
        var pods = state.Pods;
        var isOver = pods.Count > 0 && pods.TrueForAll(p => p.Run == state.Spec.Run && p.Stage is PodStage.Succeeded or PodStage.Failed);
        if (isOver)
            return state.Failure is null ? (RunPhases.Succeeded, "") : (RunPhases.Failed, state.Failure);
        var isRunning = pods.Count > 0 && pods.TrueForAll(p => p.Run == state.Spec.Run && p.StartTime is not null);
        return isRunning ? (RunPhases.Running, state.Failure is { } why ? $"{why}; the others are ended" : "") : (RunPhases.Pending, LacksAddress(state) ? NoAddress : "");
    }

    private static (string Phase, string Message) ServicePhase(RunState state)
    {
        var ready = state.Pods.Count(p => p.IsReady && p.Stop is null);
        if (!state.HasStarted)
            return (RunPhases.Pending, $"{ready} of {state.Spec.Replicas.Count} replicas are ready{(LacksAddress(state) ? $"; {NoAddress}" : "")}");
        if (state.IsRolling)
            return (RunPhases.Updating, $"{ready} replicas are ready");
        return ready > 0 ? (RunPhases.Running, "") : (RunPhases.NotReady, NotReadyMessage(state));
    }

    private static bool LacksAddress(RunState state) => state.Pods.Exists(p => p is { Stage: PodStage.Waiting, Ip: "" });

    private static string NotReadyMessage(RunState state) =>
        state.Pods.Find(p => p.Message.Length > 0) is { } pod ? $"{pod.PodId}: {pod.Message}" : "no replica is ready";

    private static PodStatus Pod(PodState pod, string hostIp) => new()
    {
        PodId = pod.PodId,
        Run = pod.Run,
        Rank = pod.Rank,
        NodeName = pod.NodeName,
        Phase = pod.Stage switch
        {
            PodStage.Succeeded => PodPhases.Succeeded,
            PodStage.Failed => PodPhases.Failed,
            PodStage.Live when pod.ContainerStart is not null => PodPhases.Running,
            _ => PodPhases.Pending,
        },
        Ready = pod.IsReady && pod.Stop is null,
        StartTime = pod.StartTime,
        EndTime = pod.Stage == PodStage.Live ? null : pod.EndTime,
        HostIp = hostIp,
        PodIp = pod.Ip,
        ExitCode = pod.ExitCode,
        Reason = pod.Reason,
        Message = pod.Message,
        Restarts = pod.Restarts,
    };
}
