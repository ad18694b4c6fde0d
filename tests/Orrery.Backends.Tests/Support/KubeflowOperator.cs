using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;

namespace Orrery.Backends.Tests.Support;

/// <summary>A stand-in for Kubeflow's training operator: pods with its names, labels and variables, its conditions, its cleaning up. A client of the cluster as the operator is one.</summary>
internal sealed class KubeflowOperator : IAsyncDisposable
{
    private const string Prefix = "training.kubeflow.org/";
    private const string Master = "master";
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    private readonly KubernetesClient client;
    private readonly ConcurrentDictionary<string, PyTorchJob> jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Pod> pods = new(StringComparer.Ordinal);
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private readonly Task working;

    public KubeflowOperator(KubernetesClient client)
    {
        this.client = client;
        working = Task.WhenAll(
            Task.Run(() => Follow(client.PyTorchJobs, new Selection(), jobs)),
            Task.Run(() => Follow(client.Pods, new Selection(LabelSelector: Prefix + "job-name"), pods)),
            Task.Run(Work));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        stop.Dispose();
    }

    private async Task Follow<T>(ResourceClient<T> resource, Selection selection, ConcurrentDictionary<string, T> known)
        where T : class, IKubernetesObject
    {
        await foreach (var told in resource.Watch(selection, stop.Token))
        {
            switch (told)
            {
                case WatchEvent<T>.Listed listed:
                    known.Clear();
                    foreach (var item in listed.Items)
                        known[item.Metadata.Uid!] = item;
                    break;
                case WatchEvent<T>.Changed changed:
                    known[changed.Item.Metadata.Uid!] = changed.Item;
                    break;
                case WatchEvent<T>.Deleted gone:
                    known.TryRemove(gone.Item.Metadata.Uid!, out _);
                    break;
            }
            bell.Writer.TryWrite(true);
        }
    }

    private async Task Work()
    {
        await foreach (var _ in bell.Reader.ReadAllAsync(stop.Token))
        {
            foreach (var job in jobs.Values.Where(job => job.Metadata.DeletionTimestamp is null))
            {
                try
                {
                    await Step(job);
                }
                catch (KubernetesApiException)
                {
                    // gone, or changed meanwhile: its event brings us here again
                }
            }
        }
    }

    private async Task Step(PyTorchJob job)
    {
        var own = pods.Values.Where(pod => pod.Metadata.OwnerReferences?.Exists(owner => owner.Uid == job.Metadata.Uid) == true).ToList();
        if (Holds(job, "Succeeded") || Holds(job, "Failed"))
        {
            foreach (var pod in own.Where(pod => pod.Metadata.DeletionTimestamp is null && pod.Status?.Phase is not ("Succeeded" or "Failed")))
                await client.Pods.Delete(job.Metadata.Namespace, pod.Metadata.Name!, new DeleteOptions(), stop.Token);
            return;
        }
        if (job.Spec!.PytorchReplicaSpecs.FirstOrDefault(role => !role.Value.Template.Spec!.Containers.Exists(one => one.Name == "pytorch")) is { Key: { } unnamed })
        {
            await Tell(job, "Failed", $"PyTorchJob {job.Metadata.Name} is invalid: there is no container named pytorch in {unnamed}"); // as the real one finds
            return;
        }
        var size = job.Spec.PytorchReplicaSpecs.Values.Sum(role => role.Replicas ?? 1);
        foreach (var (role, replicas) in job.Spec.PytorchReplicaSpecs)
        {
            for (var index = 0; index < (replicas.Replicas ?? 1); index++)
                await Ensure(job, own, role.ToLowerInvariant(), index, replicas.Template, size);
        }
        await Tell(job, own);
    }

    private async Task Ensure(PyTorchJob job, List<Pod> own, string role, int index, PodTemplateSpec template, int size)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{job.Metadata.Name}-{role}-{index}");
        if (own.Exists(pod => pod.Metadata.Name == name))
            return;
        var labels = new Dictionary<string, string>(template.Metadata?.Labels ?? [], StringComparer.Ordinal)
        {
            [Prefix + "job-name"] = job.Metadata.Name!,
            [Prefix + "operator-name"] = "pytorchjob-controller",
            [Prefix + "replica-type"] = role,
            [Prefix + "replica-index"] = index.ToString(CultureInfo.InvariantCulture),
        };
        List<EnvVar> told =
        [
            new() { Name = "MASTER_PORT", Value = "23456" },
            new() { Name = "MASTER_ADDR", Value = $"{job.Metadata.Name}-master-0" },
            new() { Name = "WORLD_SIZE", Value = size.ToString(CultureInfo.InvariantCulture) },
            new() { Name = "RANK", Value = (role == Master ? 0 : index + 1).ToString(CultureInfo.InvariantCulture) },
        ];
        var spec = template.Spec! with
        {
            RestartPolicy = "Never",
            Containers = [.. template.Spec.Containers.Select(container => container with { Env = [.. container.Env ?? [], .. told] })],
        };
        var meta = new ObjectMeta { Name = name, Namespace = job.Metadata.Namespace, Labels = labels, Annotations = template.Metadata?.Annotations, OwnerReferences = [OwnerReference.To(job, controller: true)] };
        await client.Pods.Create(new Pod { Metadata = meta, Spec = spec }, stop.Token);
    }

    /// <summary>With a master the job has succeeded when that has; any failed pod fails it, since none is restarted.</summary>
    private async Task Tell(PyTorchJob job, List<Pod> own)
    {
        var master = own.Find(pod => pod.Metadata.Labels![Prefix + "replica-type"] == Master);
        var failed = own.Count(pod => pod.Status?.Phase == "Failed");
        var (type, message) = failed > 0 ? ("Failed", $"PyTorchJob {job.Metadata.Name} is failed because {failed} replica(s) failed.")
            : master?.Status?.Phase == "Succeeded" ? ("Succeeded", $"PyTorchJob {job.Metadata.Name} is successfully completed.")
            : master?.Status?.Phase == "Running" ? ("Running", $"PyTorchJob {job.Metadata.Name} is running.")
            : ("Created", $"PyTorchJob {job.Metadata.Name} is created.");
        await Tell(job, type, message);
    }

    private async Task Tell(PyTorchJob job, string type, string message)
    {
        if (Holds(job, type))
            return;
        var conditions = (job.Status?.Conditions ?? []).Where(one => one.Type != type).Select(one => one.Type == "Running" && type is "Failed" or "Succeeded" ? one with { Status = "False" } : one)
            .Append(new Condition { Type = type, Status = "True", Reason = $"PyTorchJob{type}", Message = message });
        var patch = JsonSerializer.SerializeToElement(new { status = new { conditions } }, Web);
        jobs[job.Metadata.Uid!] = await client.PyTorchJobs.Patch(job.Metadata.Namespace, job.Metadata.Name!, Patch.Merge(patch), "status", stop.Token);
        bell.Writer.TryWrite(true);
    }

    private static bool Holds(PyTorchJob job, string type) => job.Status?.Conditions?.Exists(one => one.Type == type && one.Status == "True") == true;
}
