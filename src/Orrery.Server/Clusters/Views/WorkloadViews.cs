using System.Globalization;
using Orrery.Contracts.Clusters;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Views;

/// <summary>Stored workloads as the documents show them.</summary>
internal static class WorkloadViews
{
    public static ClusterWorkloadItem Item(ClusterWorkloadRow row, WaitView? wait, DateTimeOffset now) => Fill(new ClusterWorkloadItem(), row, JobFactory.Spec(row), wait, now);

    /// <param name="row">The workload.</param>
    /// <param name="pods">All its pods, by run and rank.</param>
    /// <param name="env">Its environment as the caller may see it.</param>
    /// <param name="wait">Why it waits.</param>
    /// <param name="now">When.</param>
    public static ClusterWorkloadView Whole(
        ClusterWorkloadRow row, IReadOnlyList<ClusterPodRow> pods, IReadOnlyDictionary<string, string> env, WaitView? wait, DateTimeOffset now)
    {
        var spec = JobFactory.Spec(row);
        var runs = pods.GroupBy(pod => pod.Run).OrderBy(run => run.Key).Select(run => run.OrderBy(pod => pod.Rank).ToList()).ToList();
        var view = (ClusterWorkloadView)Fill(new ClusterWorkloadView(), row, spec, wait, now);
        return view with
        {
            GroupVersionKind = view.GroupVersionKind with { Group = "" },
            SpecifiedNodes = spec.SpecifiedNodes,
            Image = spec.Image,
            EntryPoint = spec.EntryPoint,
            IsSupervised = spec.IsSupervised,
            MaxRetry = spec.MaxRetry,
            TtlSecondsAfterFinished = spec.TtlS,
            Conditions = [.. ConditionLog.Read(row.Conditions).Select(View)],
            Pods = [.. pods.Where(pod => !IsUnused(pod, row, pods)).Select(pod => View(pod, row.Kind))],
            Nodes = [.. runs.Select(run => (IReadOnlyList<string>)[.. run.Select(pod => pod.Node)])],
            Ranks = [.. runs.Select(run => (IReadOnlyList<string>)[.. run.Select(pod => Rank(pod, row.Kind))])],
            CustomerLabels = spec.CustomerLabels,
            Env = env,
            Liveness = Check(spec.Liveness),
            Readiness = Check(spec.Readiness),
            Service = Service(spec.Service, row.ServiceAddress),
            Dependencies = spec.Dependencies,
            CronJobs = Crons(spec),
            Wait = wait,
        };
    }

    /// <summary><c>yyyy-MM-ddTHH:mm:ss</c> UTC, "" when there is none.</summary>
    public static string Time(DateTimeOffset? time) => time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) : "";

    private static ClusterWorkloadItem Fill(ClusterWorkloadItem item, ClusterWorkloadRow row, ClusterSpec spec, WaitView? wait, DateTimeOffset now) => item with
    {
        WorkloadId = row.Id,
        WorkspaceId = row.WorkspaceId,
        Resource = new WorkloadResource
        {
            Replica = spec.Replicas,
            Cpu = spec.Cpu,
            Gpu = spec.Gpu,
            Memory = spec.Memory,
            EphemeralStorage = spec.EphemeralStorage,
            SharedMemory = spec.SharedMemory,
        },
        DisplayName = row.DisplayName,
        Description = row.Description,
        UserId = row.UserId,
        UserName = row.UserName,
        ClusterId = row.ClusterId,
        Phase = row.Phase,
        Message = Message(row, wait),
        Priority = row.Priority,
        CreationTime = Time(row.CreatedAt),
        StartTime = Time(row.StartedAt),
        EndTime = Time(row.EndedAt),
        DeletionTime = Time(row.DeletingAt),
        Runtime = Durations.Runtime(row.StartedAt is { } start ? (row.EndedAt ?? now) - start : TimeSpan.Zero),
        SecondsUntilTimeout = UntilTimeout(row, now),
        SchedulerOrder = wait?.Order ?? 0,
        DispatchCount = row.Run,
        IsTolerateAll = spec.IsTolerateAll,
        GroupVersionKind = new GroupVersionKind { Version = spec.Version, Kind = spec.Kind },
        Timeout = row.TimeoutS,
        WorkloadUid = row.Uid,
        ParentId = row.ParentId,
    };

    private static string Message(ClusterWorkloadRow row, WaitView? wait)
    {
        if (row.Ending is { } ending)
            return ending == EndingReason.Preempt ? $"makes room: {row.EndingMessage}" : "is being ended";
        if (wait is null)
            return row.Message;
        return row.Message.Length > 0 ? $"{wait.Message} (before: {row.Message})" : wait.Message;
    }

    private static long UntilTimeout(ClusterWorkloadRow row, DateTimeOffset now)
    {
        if (row.TimeoutS == 0 || row.IsEnded)
            return 0;
        return row.StartedAt is null ? -1 : Math.Max(0, row.TimeoutS - (long)row.Ran(now).TotalSeconds);
    }

    private static string Rank(ClusterPodRow pod, string kind) => kind == WorkloadKinds.PyTorchJob ? pod.Rank.ToString() : "";

    /// <summary>A place of an update that never had a process: the one of the run before serves on, since nothing of it had to change.</summary>
    private static bool IsUnused(ClusterPodRow pod, ClusterWorkloadRow row, IReadOnlyList<ClusterPodRow> pods) =>
        pod.StartedAt is null && WorkloadKinds.IsService(row.Kind) &&
        (pod.Run < row.Run || (row.Phase == ClusterPhase.Running && pods.Any(other => other.Run < pod.Run && other.Rank == pod.Rank && other is { StartedAt: not null, EndedAt: null })));

    private static PodView View(ClusterPodRow pod, string kind) => new()
    {
        PodId = pod.PodId,
        K8sNodeName = pod.Node,
        AdminNodeName = pod.Node,
        Phase = pod.Phase,
        StartTime = Time(pod.StartedAt),
        EndTime = Time(pod.EndedAt),
        HostIp = pod.HostIp,
        PodIp = pod.PodIp,
        Rank = Rank(pod, kind),
        Restarts = pod.Restarts,
        Containers = [new ContainerView("main", pod.Reason, pod.Message, pod.ExitCode ?? 0)],
    };

    private static WorkloadCondition View(ConditionRow row) => new(row.Type, "True", $"run_{row.Run}_times", row.Message, Time(row.At));

    private static HealthCheck? Check(ProbeRule? probe) => probe is null ? null : new HealthCheck
    {
        Path = probe.Path,
        Port = probe.Port,
        InitialDelaySeconds = probe.InitialDelayS,
        PeriodSeconds = probe.PeriodS,
        FailureThreshold = probe.FailureThreshold,
    };

    private static WorkloadService? Service(ServiceRule? service, string? address) => service is null ? null : new WorkloadService
    {
        Protocol = service.Protocol,
        Port = service.Port,
        NodePort = service.NodePort,
        TargetPort = service.TargetPort,
        ServiceType = service.ServiceType,
        Extends = service.Extends.ToDictionary(),
        Address = address,
    };

    private static IReadOnlyList<CronJob> Crons(ClusterSpec spec)
    {
        var schedule = spec.Cron ?? (spec.StartAt is { } start ? start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null);
        return schedule is null ? [] : [new CronJob { Schedule = schedule, Action = "start" }];
    }
}
