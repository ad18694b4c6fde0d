using System.Globalization;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Objects;

/// <summary>Makes the pods of a run, or the template of them.</summary>
internal static class PodBuilder
{
    public const string Container = "main";
    public const string MasterPort = "29500";
    private const string GpuResource = "nvidia.com/gpu";
    private const string StorageResource = "ephemeral-storage";
    private const string SharedMemory = "dshm";
    private const string SharedMemoryPath = "/dev" + "/shm"; // in the pod, where nobody else writes
    private const long UnreservedStorage = 1L << 30;

    /// <param name="run">What is wanted.</param>
    /// <param name="templateRun">The run whose variables the pods read.</param>
    /// <param name="variables">What each pod is told beside the user's variables.</param>
    public static PodSpec Spec(RunSpec run, int templateRun, IEnumerable<EnvVar> variables) => new()
    {
        Containers =
        [
            new Container
            {
                Name = Container,
                Image = run.Image,
                Command = CommandText.Of(run.EntryPoint),
                Env = Env(run, templateRun, variables),
                Resources = Resources(run.Resources),
                VolumeMounts = run.Resources.SharedMemoryBytes > 0 ? [new VolumeMount(SharedMemory, SharedMemoryPath)] : null,
                LivenessProbe = Probe(run.Liveness),
                ReadinessProbe = Probe(run.Readiness),
            },
        ],
        NodeSelector = run.CustomerLabels.Count > 0 ? run.CustomerLabels.ToDictionary() : null,
        Tolerations = run.IsTolerateAll ? [new Toleration { Operator = "Exists" }] : null,
        Volumes = run.Resources.SharedMemoryBytes > 0 ? [new Volume { Name = SharedMemory, EmptyDir = new EmptyDirVolume("Memory", Bytes(run.Resources.SharedMemoryBytes)) }] : null,
        TerminationGracePeriodSeconds = (long)Math.Max(1, Math.Ceiling(run.GraceS)),
        AutomountServiceAccountToken = false, // a user's program has no business with the API server
        EnableServiceLinks = false,
        ShareProcessNamespace = true, // signals end the program as on any machine, and what it leaves is reaped
    };

    public static Dictionary<string, string> Labels(RunSpec run, string instance) => new(StringComparer.Ordinal)
    {
        [Marks.Workload] = run.WorkloadId,
        [Marks.Instance] = instance,
        [Marks.Kind] = run.Kind,
        [Marks.Run] = run.Run.ToString(CultureInfo.InvariantCulture),
    };

    public static Dictionary<string, string> Notes(RunSpec run)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal) { [Marks.WorldSize] = run.Replicas.Count.ToString(CultureInfo.InvariantCulture) };
        if (run.HangTimeoutS > 0)
            notes[Marks.HangTimeout] = run.HangTimeoutS.ToString("R", CultureInfo.InvariantCulture);
        return notes;
    }

    /// <summary>On these nodes and no others.</summary>
    public static Affinity OnNodes(IEnumerable<string> nodes) => new(new NodeAffinity(new NodeSelector(
        [.. nodes.Distinct(StringComparer.Ordinal).Select(node => new NodeSelectorTerm(MatchFields: [new NodeSelectorRequirement("metadata.name", "In", [node])]))])));

    public static EnvVar Told(string name, string value) => new() { Name = name, Value = value };

    public static EnvVar Field(string name, string path) => new() { Name = name, ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector(path) } };

    /// <summary>Of the contract first, so that the user's may say otherwise.</summary>
    private static List<EnvVar> Env(RunSpec run, int templateRun, IEnumerable<EnvVar> variables)
    {
        IEnumerable<EnvVar> told = [Told("WORKLOAD_ID", run.WorkloadId), Field("POD_IP", "status.podIP"), Told("DISPATCH_COUNT", templateRun.ToString(CultureInfo.InvariantCulture)), .. variables];
        var own = run.Env.Keys.Order(StringComparer.Ordinal).Select(name => new EnvVar
        {
            Name = name,
            ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector(ObjectNames.Of(run), ObjectNames.EnvKey(templateRun, name)) },
        });
        return [.. told.Where(one => !run.Env.ContainsKey(one.Name)), .. own];
    }

    public static ResourceRequirements Resources(ReplicaResources wanted)
    {
        var limits = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["cpu"] = Millis(wanted.CpuMillis),
            ["memory"] = Bytes(wanted.MemoryBytes),
        };
        if (wanted.Gpus > 0)
            limits[GpuResource] = wanted.Gpus.ToString(CultureInfo.InvariantCulture);
        if (wanted.EphemeralStorageBytes > 0)
            limits[StorageResource] = Bytes(wanted.EphemeralStorageBytes);
        var requests = new Dictionary<string, string>(limits, StringComparer.Ordinal);
        if (wanted is { EphemeralStorageBytes: > UnreservedStorage, ReservesStorage: false })
            requests[StorageResource] = Bytes(UnreservedStorage);
        return new ResourceRequirements { Limits = limits, Requests = requests };
    }

    public static string Millis(long cpu) => string.Create(CultureInfo.InvariantCulture, $"{cpu}m");

    public static string Bytes(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>Kubernetes counts whole seconds.</summary>
    private static K8s.Probe? Probe(ProbeSpec? probe) => probe is null ? null : new K8s.Probe
    {
        HttpGet = new HttpGetAction(probe.Path, probe.Port),
        InitialDelaySeconds = (int)Math.Ceiling(probe.InitialDelayS),
        PeriodSeconds = (int)Math.Max(1, Math.Ceiling(probe.PeriodS)),
        FailureThreshold = Math.Max(1, probe.FailureThreshold),
    };
}
