using System.Text;
using System.Text.Json;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters.Loop;

/// <summary>Makes of a stored run what its backend is asked for.</summary>
internal sealed class RunSpecReader(ClusterStore store, EnvBox env, ClusterOptions options)
{
    private const string SurgeKey = "maxSurge";
    private const string UnavailableKey = "maxUnavailable";
    private const string QuarterOfAll = "25%";

    /// <returns>Null when the run is not wanted any more.</returns>
    public async Task<RunSpec?> Read(string id, int run, CancellationToken ct)
    {
        if (await store.Find(id, ct) is not { IsLive: true, Ending: null } row || row.Run != run)
            return null;
        var spec = JobFactory.Spec(row);
        var extends = spec.Service?.Extends ?? new Dictionary<string, string>();
        var variables = env.Open(row);
        foreach (var (key, value) in extends.Where(pair => pair.Key is not (SurgeKey or UnavailableKey)))
            variables.TryAdd(key, value);
        return new RunSpec
        {
            WorkloadId = row.Id,
            WorkspaceId = row.WorkspaceId,
            Run = row.Run,
            Kind = row.Kind,
            EntryPoint = Script(spec),
            Image = spec.Image,
            Env = variables,
            Resources = new ReplicaResources(spec.CpuMillis, spec.MemoryBytes, spec.Gpus, spec.EphemeralBytes, spec.SharedMemoryBytes) { ReservesStorage = spec.EphemeralStated },
            Replicas = [.. (await store.LivePods([id], ct)).Where(pod => pod.Run == run).Select(pod => new ReplicaSpec(pod.Rank, pod.PodId, pod.Node))],
            Liveness = Probe(spec.Liveness),
            Readiness = Probe(spec.Readiness),
            Service = spec.Service is { } service ? new ServiceSpec(service.Protocol, service.Port, service.TargetPort, service.NodePort, service.ServiceType) : null,
            MaxSurge = extends.GetValueOrDefault(SurgeKey) ?? QuarterOfAll,
            MaxUnavailable = extends.GetValueOrDefault(UnavailableKey) ?? QuarterOfAll,
            HangTimeoutS = spec.IsSupervised ? options.HangTimeoutS : 0,
            GraceS = options.GraceS,
            IsTolerateAll = spec.IsTolerateAll,
            IsPinned = spec.SpecifiedNodes.Count > 0,
            CustomerLabels = spec.CustomerLabels,
            Files = spec.Files is { } files ? new RunFiles(files) : null,
        };
    }

    private static string Script(ClusterSpec spec) =>
        spec.EntryPoint.Length > 0 ? Encoding.UTF8.GetString(Convert.FromBase64String(spec.EntryPoint)) : "exec sleep infinity";

    private static ProbeSpec? Probe(ProbeRule? probe) =>
        probe is null ? null : new ProbeSpec(probe.Path, probe.Port, probe.InitialDelayS, probe.PeriodS, probe.FailureThreshold);
}

/// <summary>Environments at rest: wrapped, bound to their workload.</summary>
internal sealed class EnvBox(SecretBox box)
{
    public string? Seal(string workloadId, IReadOnlyDictionary<string, string> env) =>
        env.Count == 0 ? null : box.Wrap(JsonSerializer.Serialize(env.ToDictionary(), EnvJson.Default.DictionaryStringString), workloadId);

    public Dictionary<string, string> Open(ClusterWorkloadRow row) => row.Env is null
        ? []
        : JsonSerializer.Deserialize(box.Unwrap(row.Env, row.Id), EnvJson.Default.DictionaryStringString)!;
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class EnvJson : System.Text.Json.Serialization.JsonSerializerContext;
