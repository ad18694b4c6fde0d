using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Requests;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>The nodes of a cluster, with what pods that are not ours leave of them.</summary>
internal sealed class NodeTable
{
    private const string GpuResource = "nvidia.com/gpu";
    private const string CordonTaint = "node.kubernetes.io/unschedulable";
    private readonly Dictionary<string, K8s.Node> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Node, Resources Asked)> foreign = new(StringComparer.Ordinal);
    private IReadOnlyList<Scheduling.NodeSpec> shown = [];
    private bool isStale;

    public void Put(K8s.Node node)
    {
        nodes[node.Metadata.Name!] = node;
        isStale = true;
    }

    /// <summary>A pod of someone else.</summary>
    public void Put(K8s.Pod pod)
    {
        if (pod.Spec?.NodeName is { } node && pod.Status?.Phase is not (PodPhases.Succeeded or PodPhases.Failed))
            foreign[pod.Metadata.Uid!] = (node, Asked(pod.Spec));
        else
            foreign.Remove(pod.Metadata.Uid!);
        isStale = true;
    }

    public void Drop(K8s.Node node) => isStale |= nodes.Remove(node.Metadata.Name!);

    public void Drop(K8s.Pod pod) => isStale |= foreign.Remove(pod.Metadata.Uid!);

    /// <summary>The same list again while nothing that matters has changed.</summary>
    public IReadOnlyList<Scheduling.NodeSpec> Read()
    {
        if (!isStale)
            return shown;
        isStale = false;
        var used = foreign.Values.GroupBy(pod => pod.Node, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Aggregate(default(Resources), (sum, pod) => sum + pod.Asked), StringComparer.Ordinal);
        var known = shown.ToDictionary(node => node.Name, StringComparer.Ordinal);
        var fresh = nodes.Values.OrderBy(node => node.Metadata.Name, StringComparer.Ordinal)
            .Select(node => Keep(Read(node, used.GetValueOrDefault(node.Metadata.Name!)), known.GetValueOrDefault(node.Metadata.Name!))).ToList();
        if (!fresh.SequenceEqual(shown))
            shown = fresh;
        return shown;
    }

    private static Scheduling.NodeSpec Keep(Scheduling.NodeSpec fresh, Scheduling.NodeSpec? known) =>
        known is not null && fresh with { Labels = known.Labels, Taints = known.Taints } == known && fresh.Taints.SequenceEqual(known.Taints)
        && fresh.Labels.Count == known.Labels.Count && fresh.Labels.All(pair => known.Labels.GetValueOrDefault(pair.Key) == pair.Value)
            ? known
            : fresh;

    private static Scheduling.NodeSpec Read(K8s.Node node, Resources used)
    {
        var most = node.Status?.Allocatable ?? node.Status?.Capacity ?? [];
        return new Scheduling.NodeSpec
        {
            Name = node.Metadata.Name!,
            Capacity = new Resources(
                Math.Max(0, Amount(most, "cpu", Quantity.TryCpu) - used.CpuMillis),
                Math.Max(0, Amount(most, "memory", Quantity.TryBytes) - used.MemoryBytes),
                (int)Math.Max(0, Amount(most, GpuResource, text => Quantity.TryCards(text)) - used.Gpus)),
            Labels = node.Metadata.Labels ?? [],
            Taints = [.. (node.Spec?.Taints ?? []).Where(taint => taint.Effect != "PreferNoSchedule" && taint.Key != CordonTaint).Select(Tell)],
            Address = node.Status?.Addresses?.Find(one => one.Type == "InternalIP")?.Address ?? node.Status?.Addresses?.FirstOrDefault()?.Address ?? "",
            Schedulable = node.Spec?.Unschedulable != true && node.Status?.Conditions?.Exists(one => one is { Type: "Ready", Status: "True" }) == true,
        };
    }

    private static string Tell(Taint taint) => taint.Value is { Length: > 0 } value ? $"{taint.Key}={value}:{taint.Effect}" : $"{taint.Key}:{taint.Effect}";

    private static Resources Asked(K8s.PodSpec spec) => spec.Containers.Aggregate(default(Resources), (sum, container) =>
    {
        var asked = container.Resources?.Requests ?? [];
        return sum + new Resources(Amount(asked, "cpu", Quantity.TryCpu), Amount(asked, "memory", Quantity.TryBytes), (int)Amount(asked, GpuResource, text => Quantity.TryCards(text)));
    });

    private static long Amount(Dictionary<string, string> amounts, string name, Func<string, long?> parse) => amounts.TryGetValue(name, out var text) ? parse(text) ?? 0 : 0;
}
