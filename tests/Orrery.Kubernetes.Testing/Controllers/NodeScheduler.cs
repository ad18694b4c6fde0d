using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Binds pods to nodes that they fit on, or says why none does.</summary>
internal sealed class NodeScheduler(ObjectStore store, TimeProvider clock) : Controller(store)
{
    protected override void Step()
    {
        var nodes = Store.Look("nodes");
        var pods = Store.Look("pods");
        var used = pods.Where(pod => pod.Text("spec", "nodeName") is not null && pod.Text("status", "phase") is not ("Succeeded" or "Failed"))
            .GroupBy(pod => pod.Text("spec", "nodeName")!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Aggregate(new Amount(), (sum, pod) => sum + Asked(pod)), StringComparer.Ordinal);
        foreach (var pod in pods.Where(pod => pod.Text("spec", "nodeName") is null && !pod.IsDeleting()))
        {
            var asked = Asked(pod);
            var node = nodes.FirstOrDefault(node => Fits(pod, node) && (asked + used.GetValueOrDefault(node.Name(), new Amount())).FitsIn(node));
            if (node is not null)
                used[node.Name()] = asked + used.GetValueOrDefault(node.Name(), new Amount());
            Store.Update(new ObjectKey("pods", pod.Namespace(), pod.Name()), live => Bind(live, node, nodes.Count));
        }
    }

    private void Bind(JsonObject pod, JsonObject? node, int count)
    {
        if (node is not null)
            pod.Child("spec")["nodeName"] = node.Name();
        pod.Child("status").Condition("PodScheduled", node is not null, node is null ? "Unschedulable" : "", node is null ? $"0/{count} nodes are available" : "", clock.Stamp());
    }

    private static bool Fits(JsonObject pod, JsonObject node)
    {
        if (node.At("spec", "unschedulable")?.GetValue<bool>() == true || !Selects(pod, node))
            return false;
        var tolerations = pod.List("spec", "tolerations");
        return node.List("spec", "taints").All(taint => tolerations.Any(one => one.Text("operator") == "Exists" && (one.Text("key") is null || one.Text("key") == taint.Text("key"))));
    }

    private static bool Selects(JsonObject pod, JsonObject node)
    {
        if (!Api.Selectors.Match(pod.Map("spec", "nodeSelector"), node))
            return false;
        var terms = pod.List("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        return terms.Count == 0 || terms.Any(term =>
            term.List("matchFields").All(rule => In(rule, rule.Text("key") == "metadata.name" ? node.Name() : null))
            && term.List("matchExpressions").All(rule => In(rule, node.Map("metadata", "labels").GetValueOrDefault(rule.Text("key")!))));
    }

    private static bool In(JsonNode? rule, string? value) => value is not null && rule.List("values").Any(one => one!.ToString() == value);

    /// <summary>Of the containers together, and of each before them alone.</summary>
    private static Amount Asked(JsonObject pod) => pod.List("spec", "initContainers").Select(Asked)
        .Aggregate(pod.List("spec", "containers").Select(Asked).Aggregate(new Amount(), (sum, one) => sum + one), (most, one) => new Amount(Math.Max(most.Cpu, one.Cpu), Math.Max(most.Memory, one.Memory)));

    private static Amount Asked(JsonNode? container) => new(Amount.Millis(container.Text("resources", "requests", "cpu")), Amount.Bytes(container.Text("resources", "requests", "memory")));

    /// <summary>Of CPU and memory.</summary>
    private readonly record struct Amount(double Cpu, double Memory)
    {
        private static readonly (string Suffix, double Factor)[] Units = [("Ki", 1 << 10), ("Mi", 1 << 20), ("Gi", 1 << 30), ("k", 1e3), ("M", 1e6), ("G", 1e9)];

        public static Amount operator +(Amount left, Amount right) => new(left.Cpu + right.Cpu, left.Memory + right.Memory);

        public static double Millis(string? text) => text is null ? 0 : text.EndsWith('m') ? double.Parse(text[..^1]) : double.Parse(text) * 1000;

        public static double Bytes(string? text)
        {
            var (suffix, factor) = Array.Find(Units, unit => text?.EndsWith(unit.Suffix, StringComparison.Ordinal) == true);
            return text is null ? 0 : suffix is null ? double.Parse(text) : double.Parse(text[..^suffix.Length]) * factor;
        }

        public bool FitsIn(JsonObject node) => Cpu <= Millis(node.Text("status", "allocatable", "cpu")) && Memory <= Bytes(node.Text("status", "allocatable", "memory"));
    }
}
