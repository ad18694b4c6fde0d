using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Files;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Objects;

/// <summary>Makes the objects of a run.</summary>
/// <param name="run">What is wanted.</param>
/// <param name="instance">Whose objects they are.</param>
internal sealed class RunObjects(RunSpec run, string instance)
{
    private const string StandIn = "0";

    /// <summary>Owns all others and holds the user's variables. It keeps those of <paramref name="before"/>, whose pods may still start again.</summary>
    public Secret Anchor(Secret? before)
    {
        var data = before?.Data?.Where(pair => !pair.Key.StartsWith(ObjectNames.EnvKey(run.Run, ""), StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal) ?? [];
        foreach (var (name, value) in run.Env)
            data[ObjectNames.EnvKey(run.Run, name)] = Encoding.UTF8.GetBytes(value);
        return new Secret { Metadata = Meta(ObjectNames.Of(run), owner: null), Type = "orrery.dev/workload", Data = data };
    }

    /// <summary>Names the pods; ranks are found before they are ready.</summary>
    public K8s.Service Headless(OwnerReference owner) => new()
    {
        Metadata = Meta(ObjectNames.Pods(run.WorkloadId), owner),
        Spec = new K8s.ServiceSpec { ClusterIp = "None", Selector = Selector(), PublishNotReadyAddresses = true },
    };

    public K8s.Service? ForUsers(OwnerReference owner) => run.Service is not { } wanted ? null : new K8s.Service
    {
        Metadata = Meta(ObjectNames.Of(run), owner),
        Spec = new K8s.ServiceSpec
        {
            Type = wanted.ServiceType,
            Selector = Selector(),
            Ports = [new ServicePort { Name = "main", Protocol = wanted.Protocol, Port = wanted.Port, TargetPort = wanted.TargetPort, NodePort = wanted.NodePort > 0 ? wanted.NodePort : null }],
        },
    };

    /// <param name="replica">Its rank and node.</param>
    /// <param name="master">Address of rank 0; null for rank 0 itself, which takes its own.</param>
    /// <param name="owner">The anchor.</param>
    public K8s.Pod Pod(ReplicaSpec replica, string? master, OwnerReference owner)
    {
        var meta = Meta(replica.PodId, owner);
        meta.Labels![Marks.Rank] = Text(replica.Rank);
        EnvVar[] variables =
        [
            PodBuilder.Told("POD_NAME", replica.PodId),
            PodBuilder.Told("RANK", Text(replica.Rank)),
            PodBuilder.Told("NODE_RANK", Text(replica.Rank)),
            PodBuilder.Told("LOCAL_RANK", StandIn),
            PodBuilder.Told("WORLD_SIZE", Text(run.Replicas.Count)),
            master is null ? PodBuilder.Field("MASTER_ADDR", "status.podIP") : PodBuilder.Told("MASTER_ADDR", master),
            PodBuilder.Told("MASTER_PORT", PodBuilder.MasterPort),
        ];
        var spec = PodBuilder.Spec(run, run.Run, variables);
        return new K8s.Pod
        {
            Metadata = meta with { Annotations = PodBuilder.Notes(run) },
            Spec = (run.Files is null ? spec : PodFolders.With(spec, run.Resources)) with
            {
                RestartPolicy = "Never",
                Hostname = replica.PodId,
                Subdomain = ObjectNames.Pods(run.WorkloadId),
                Affinity = PodBuilder.OnNodes([replica.NodeName]),
            },
        };
    }

    /// <param name="templateRun">The run that the template is of: an earlier one when nothing of it has changed.</param>
    /// <param name="owner">The anchor.</param>
    public Deployment Deployment(int templateRun, OwnerReference owner) => new()
    {
        Metadata = Meta(ObjectNames.Of(run), owner) with { Annotations = new() { [Marks.Template] = TemplateHash() } },
        Spec = new DeploymentSpec
        {
            Replicas = run.Replicas.Count,
            Selector = new LabelSelector { MatchLabels = Selector() },
            Template = Template(templateRun),
            Strategy = new DeploymentStrategy("RollingUpdate", new RollingUpdateDeployment(Surge, IntOrString.Parse(run.MaxUnavailable))),
            RevisionHistoryLimit = 1,
        },
    };

    /// <inheritdoc cref="Deployment"/>
    public StatefulSet StatefulSet(int templateRun, OwnerReference owner) => new()
    {
        Metadata = Meta(ObjectNames.Of(run), owner) with { Annotations = new() { [Marks.Template] = TemplateHash() } },
        Spec = new StatefulSetSpec
        {
            Replicas = run.Replicas.Count,
            Selector = new LabelSelector { MatchLabels = Selector() },
            Template = Template(templateRun),
            ServiceName = ObjectNames.Pods(run.WorkloadId),
            RevisionHistoryLimit = 1,
        },
    };

    /// <summary>Equal for runs whose pods need not be replaced by each other.</summary>
    public string TemplateHash()
    {
        var still = new RunObjects(run with { Run = 0 }, instance).Template(0);
        var values = string.Join('\n', run.Env.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        var text = JsonSerializer.Serialize(new K8s.Pod { Spec = still.Spec }, KubernetesJson.Default.Pod) + values;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    /// <summary>Both 0 would be no update at all.</summary>
    private IntOrString Surge => run is { MaxSurge: "0" or "0%", MaxUnavailable: "0" or "0%" } ? new IntOrString(1) : IntOrString.Parse(run.MaxSurge);

    private PodTemplateSpec Template(int templateRun)
    {
        var spec = PodBuilder.Spec(run, templateRun, [PodBuilder.Field("POD_NAME", "metadata.name")]);
        return new PodTemplateSpec
        {
            Metadata = new ObjectMeta { Labels = PodBuilder.Labels(run with { Run = templateRun }, instance), Annotations = PodBuilder.Notes(run with { Replicas = [] }) },
            Spec = run.IsPinned ? spec with { Affinity = PodBuilder.OnNodes(run.Replicas.Select(replica => replica.NodeName)) } : spec,
        };
    }

    private Dictionary<string, string> Selector() => new(StringComparer.Ordinal) { [Marks.Workload] = run.WorkloadId };

    private ObjectMeta Meta(string name, OwnerReference? owner) => new()
    {
        Name = name,
        Namespace = run.WorkspaceId,
        Labels = PodBuilder.Labels(run, instance),
        OwnerReferences = owner is null ? null : [owner],
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
