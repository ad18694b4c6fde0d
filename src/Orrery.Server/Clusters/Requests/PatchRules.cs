using System.Text.Json;
using Orrery.Contracts.Clusters;

namespace Orrery.Server.Clusters.Requests;

/// <summary>How far a workload has come, as it matters to a patch.</summary>
internal enum PatchState
{
    Waiting,
    DispatchedJob,
    LiveService,
    Ended,
}

/// <summary>A patch that was checked: the spec that follows, or what is wrong.</summary>
/// <param name="Next">Null when it is refused.</param>
/// <param name="Env">The new environment; null: as it is.</param>
/// <param name="NeedsRollout">A live service has to take it as a new run.</param>
internal sealed record CheckedPatch(
    ClusterSpec? Next, IReadOnlyDictionary<string, string>? Env, bool NeedsRollout, IReadOnlyDictionary<string, string[]> Errors, string Code, IReadOnlyList<string> Warnings);

/// <summary>From a patch and the spec that there is to the spec that follows.</summary>
internal static class PatchRules
{
    /// <summary>Members of a workload that exist and stay as they were made.</summary>
    private static readonly HashSet<string> Fixed =
    [
        "displayName", "workspaceId", "specifiedNodes", "resource", "isSupervised", "ttlSecondsAfterFinished", "customerLabels", "liveness", "readiness",
        "service", "dependencies", "groupVersionKind", "isTolerateAll", "workloadId", "userId", "userName", "clusterId", "phase", "message",
        "creationTime", "startTime", "endTime", "deletionTime", "runtime", "secondsUntilTimeout", "schedulerOrder", "dispatchCount", "workloadUid",
        "k8sObjectUid", "conditions", "pods", "nodes", "ranks",
    ];

    public static CheckedPatch Check(
        PatchWorkloadRequest patch, ClusterSpec current, IReadOnlyDictionary<string, string> env, PatchState state, WorkspaceFacts? workspace, DateTimeOffset now, bool strict)
    {
        var errors = new FieldErrors();
        patch = WithoutAbsent(patch);
        foreach (var (name, _) in patch.Unknown?.Where(member => Fixed.Contains(member.Key) && member.Value.ValueKind != JsonValueKind.Null) ?? [])
            errors.Add(name, "cannot be changed; clone the workload instead");
        errors.Unknown("", patch.Unknown?.Keys.Where(name => !Fixed.Contains(name)), strict);
        CheckState(patch, state, errors);
        var next = Apply(patch, current, now, strict, errors);
        var fresh = patch.Env is null ? null : EnvRules.Read(patch.Env, errors);
        CreateRules.CheckKind(next, errors, prefix: "");
        if (workspace is not null && next != current)
            CreateRules.CheckAgainst(next, workspace with { CallerIsAdmin = workspace.CallerIsAdmin || next.Priority == current.Priority }, errors, prefix: "");
        var rollout = state == PatchState.LiveService && (IsOther(next, current) || (fresh is not null && !Same(fresh, env)));
        return new CheckedPatch(errors.Any ? null : next, fresh, rollout, errors.All, errors.Code, errors.Warnings);
    }

    /// <summary>Where 0 and "" can mean nothing else they mean absent; a priority, timeout or retry count of 0 and an empty description are values.</summary>
    private static PatchWorkloadRequest WithoutAbsent(PatchWorkloadRequest patch) => patch with
    {
        Replica = patch.Replica is 0 ? null : patch.Replica,
        Cpu = OrNull(patch.Cpu),
        Gpu = OrNull(patch.Gpu),
        Memory = OrNull(patch.Memory),
        EphemeralStorage = OrNull(patch.EphemeralStorage),
        SharedMemory = OrNull(patch.SharedMemory),
        Image = OrNull(patch.Image),
        EntryPoint = OrNull(patch.EntryPoint),
    };

    private static string? OrNull(string? text) => text is "" ? null : text;

    private static void CheckState(PatchWorkloadRequest patch, PatchState state, FieldErrors errors)
    {
        if (state == PatchState.Ended)
        {
            errors.Add("phase", "the workload has ended; clone it instead", "Conflict");
            return;
        }
        if (state != PatchState.DispatchedJob)
            return;
        foreach (var member in Frozen(patch).Where(member => member.Given))
            errors.Add(member.Name, "cannot be changed once the workload was dispatched; stop it first, or clone it", "Conflict");
    }

    private static (string Name, bool Given)[] Frozen(PatchWorkloadRequest patch) =>
    [
        ("replica", patch.Replica is not null), ("cpu", patch.Cpu is not null), ("gpu", patch.Gpu is not null), ("memory", patch.Memory is not null),
        ("ephemeralStorage", patch.EphemeralStorage is not null), ("sharedMemory", patch.SharedMemory is not null), ("image", patch.Image is not null),
        ("entryPoint", patch.EntryPoint is not null), ("env", patch.Env is not null),
    ];

    private static ClusterSpec Apply(PatchWorkloadRequest patch, ClusterSpec current, DateTimeOffset now, bool strict, FieldErrors errors)
    {
        errors.Printable("description", patch.Description?.ReplaceLineEndings(" "), CreateRules.LongestDescription);
        errors.Printable("image", patch.Image, CreateRules.LongestImage);
        errors.Range("priority", patch.Priority, 0, CreateRules.HighestPriority);
        errors.Range("timeout", patch.Timeout, 0, CreateRules.LongestTime);
        errors.Range("maxRetry", patch.MaxRetry, 0, CreateRules.MostRetries);
        errors.Range("replica", patch.Replica, 1, ResourceRules.MostReplicas);
        if (patch.Replica is not null && current.SpecifiedNodes.Count > 0)
            errors.Add("replica", "cannot be set beside specifiedNodes: each node has one replica");
        if (patch.EntryPoint is not null)
            CreateRules.EntryPoint(patch.EntryPoint, current.Kind, errors);
        var (startAt, cron) = patch.CronJobs is null ? (current.StartAt, current.Cron) : ScheduleRules.Read(patch.CronJobs, now, strict, errors);
        var next = current with
        {
            Priority = patch.Priority ?? current.Priority,
            Replicas = patch.Replica ?? current.Replicas,
            Image = patch.Image ?? current.Image,
            EntryPoint = patch.EntryPoint ?? current.EntryPoint,
            Description = patch.Description ?? current.Description,
            TimeoutS = patch.Timeout ?? current.TimeoutS,
            MaxRetry = patch.MaxRetry ?? current.MaxRetry,
            StartAt = startAt,
            Cron = cron,
        };
        return Resources(patch, next, errors);
    }

    private static ClusterSpec Resources(PatchWorkloadRequest patch, ClusterSpec spec, FieldErrors errors)
    {
        if (patch is { Cpu: null, Gpu: null, Memory: null, EphemeralStorage: null, SharedMemory: null })
            return spec;
        var wasDefault = spec.SharedMemoryBytes == spec.MemoryBytes / 2;
        return ResourceRules.Read(
            spec with
            {
                Cpu = patch.Cpu ?? spec.Cpu,
                Gpu = patch.Gpu ?? spec.Gpu,
                Memory = patch.Memory ?? spec.Memory,
                EphemeralStorage = patch.EphemeralStorage ?? spec.EphemeralStorage,
                SharedMemory = patch.SharedMemory ?? (wasDefault ? "" : spec.SharedMemory),
            },
            "",
            errors);
    }

    private static bool IsOther(ClusterSpec a, ClusterSpec b) =>
        a with { Description = "", Priority = 0, TimeoutS = 0, MaxRetry = 0, StartAt = null, Cron = null } !=
        b with { Description = "", Priority = 0, TimeoutS = 0, MaxRetry = 0, StartAt = null, Cron = null };

    private static bool Same(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b) =>
        a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
