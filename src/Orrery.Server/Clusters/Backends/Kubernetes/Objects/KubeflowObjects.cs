using System.Globalization;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Objects;

/// <summary>Makes the PyTorchJob of a run, for clusters with Kubeflow's training operator.</summary>
internal sealed class KubeflowObjects(RunSpec run, string instance)
{
    /// <summary>The operator finds the program by it, and takes no job without one (its admission webhook, and before 1.8 its reconciler).</summary>
    public const string Container = "pytorch";

    /// <summary>The operator tells RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT.</summary>
    public PyTorchJob Job(OwnerReference owner)
    {
        var roles = new Dictionary<string, JobReplicaSpec>(StringComparer.Ordinal) { ["Master"] = Role(1) };
        if (run.Replicas.Count > 1)
            roles["Worker"] = Role(run.Replicas.Count - 1);
        return new PyTorchJob
        {
            Metadata = new ObjectMeta
            {
                Name = ObjectNames.Job(run.WorkloadId, run.Run),
                Namespace = run.WorkspaceId,
                Labels = PodBuilder.Labels(run, instance),
                OwnerReferences = [owner],
            },
            Spec = new PyTorchJobSpec { PytorchReplicaSpecs = roles, RunPolicy = new RunPolicy { CleanPodPolicy = "Running", BackoffLimit = 0 } },
        };
    }

    private JobReplicaSpec Role(int replicas)
    {
        EnvVar[] variables = [PodBuilder.Field("POD_NAME", "metadata.name"), PodBuilder.Told("LOCAL_RANK", 0.ToString(CultureInfo.InvariantCulture))];
        var spec = PodBuilder.Spec(run with { EntryPoint = $"export NODE_RANK=\"${{RANK:-0}}\"\n{run.EntryPoint}" }, run.Run, variables);
        return new JobReplicaSpec
        {
            Replicas = replicas,
            RestartPolicy = "Never",
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = PodBuilder.Labels(run, instance), Annotations = PodBuilder.Notes(run) },
                Spec = spec with { Containers = [spec.Containers[0] with { Name = Container }], Affinity = PodBuilder.OnNodes(run.Replicas.Select(replica => replica.NodeName)), ShareProcessNamespace = true },
            },
        };
    }
}
