namespace Orrery.Server.Clusters.Requests;

/// <summary>What each replica asks for, and whether any node and the workspace's quota can ever give it.</summary>
internal static class ResourceRules
{
    public const int MostReplicas = 10_000;
    private const long LeastMemory = 1 << 20;
    private const string DefaultStorage = "50Gi";

    /// <summary>Fills the amounts of <paramref name="spec"/> from its texts; what cannot be read is told.</summary>
    /// <param name="spec">With texts as sent, "" where absent.</param>
    /// <param name="prefix"><c>resource.</c> in create, "" in patch.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static ClusterSpec Read(ClusterSpec spec, string prefix, FieldErrors errors)
    {
        var memory = Amount(spec.Memory, prefix + "memory", "a size, like 128Gi", Quantity.TryBytes, errors) ?? 0;
        if (memory is > 0 and < LeastMemory)
            errors.Add(prefix + "memory", $"must be at least 1Mi; '{Errors.Refuse.Shorten(spec.Memory)}' is in bytes (1Gi is 1024^3 of them)");
        var stated = spec.EphemeralStorage.Length > 0;
        var storage = stated ? spec.EphemeralStorage : DefaultStorage;
        var shared = spec.SharedMemory.Length > 0 ? Amount(spec.SharedMemory, prefix + "sharedMemory", "a size, like 20Gi", Quantity.TryBytes, errors) : null;
        if (shared > memory && memory > 0)
            errors.Add(prefix + "sharedMemory", $"must not be more than the memory ({spec.Memory})");
        return spec with
        {
            CpuMillis = Amount(spec.Cpu, prefix + "cpu", "a number of cores, like 4 or 500m", Quantity.TryCpu, errors) ?? 0,
            MemoryBytes = memory,
            Gpus = Cards(spec.Gpu, prefix + "gpu", errors),
            Gpu = spec.Gpu.Length > 0 ? spec.Gpu : "0",
            EphemeralBytes = Amount(storage, prefix + "ephemeralStorage", "a size, like 50Gi", Quantity.TryBytes, errors) ?? 0,
            EphemeralStorage = storage,
            EphemeralStated = stated && storage != DefaultStorage,
            SharedMemoryBytes = shared ?? memory / 2,
            SharedMemory = spec.SharedMemory.Length > 0 ? spec.SharedMemory : Quantity.FormatMemory(memory / 2),
        };
    }

    /// <summary>Whether one replica fits one node, and all of them the workspace.</summary>
    public static void Fit(ClusterSpec spec, WorkspaceFacts workspace, string prefix, FieldErrors errors)
    {
        var nodes = spec.SpecifiedNodes.Count > 0 ? [.. workspace.Nodes.Where(node => spec.SpecifiedNodes.Contains(node.Name))] : workspace.Nodes;
        if (nodes.Count == 0)
            return; // the cluster has not told its nodes yet, or names none of them: that is told elsewhere
        if (spec.SpecifiedNodes.Count > 0)
        {
            foreach (var small in nodes.Where(node => !Holds(node, spec)).Take(10))
                errors.Add("specifiedNodes", $"node '{small.Name}' has {Quantity.FormatCpu(small.CpuMillis)} cpu, {Quantity.FormatMemory(small.MemoryBytes)} memory and {small.Gpus} gpu; one replica asks for more");
        }
        var before = errors.All.Count;
        Most("cpu", spec.CpuMillis, nodes.Max(node => node.CpuMillis), Quantity.FormatCpu);
        Most("memory", spec.MemoryBytes, nodes.Max(node => node.MemoryBytes), Quantity.FormatMemory);
        Most("gpu", spec.Gpus, nodes.Max(node => (long)node.Gpus), count => count.ToString());
        if (errors.All.Count == before && !nodes.Any(node => Holds(node, spec)))
            errors.Add(prefix.TrimEnd('.') is { Length: > 0 } field ? field : "cpu", $"one replica ({spec.Cpu} cpu, {spec.Memory} memory, {spec.Gpu} gpu) fits no single node of the workspace");
        Quota("cpu", spec.CpuMillis, workspace.MostCpuMillis, Quantity.FormatCpu);
        Quota("memory", spec.MemoryBytes, workspace.MostMemoryBytes, Quantity.FormatMemory);
        Quota("gpu", spec.Gpus, workspace.MostGpus, count => count.ToString());

        void Most(string name, long asked, long most, Func<long, string> format)
        {
            if (asked > most)
                errors.Add(prefix + name, $"one replica asks for {format(asked)}; the most that a node has is {format(most)}");
        }

        void Quota(string name, long each, long? most, Func<long, string> format)
        {
            if (most is { } limit && (Int128)each * spec.Replicas > limit)
                errors.Add(prefix + name, $"{spec.Replicas} replicas ask for {spec.Replicas} x {format(each)}; the workspace can never have more than {format(limit)}", "QuotaInsufficient");
        }
    }

    private static bool Holds(NodeFacts node, ClusterSpec spec) =>
        node.CpuMillis >= spec.CpuMillis && node.MemoryBytes >= spec.MemoryBytes && node.Gpus >= spec.Gpus;

    private static long? Amount(string text, string field, string wanted, Func<string, long?> parse, FieldErrors errors)
    {
        if (text.Length == 0)
        {
            errors.Add(field, $"is required: {wanted}");
            return null;
        }
        if (parse(text) is { } value)
            return value;
        errors.Add(field, $"must be {wanted}");
        return null;
    }

    private static int Cards(string text, string field, FieldErrors errors)
    {
        if (text.Length == 0)
            return 0;
        if (Quantity.TryCards(text) is { } cards)
            return cards;
        errors.Add(field, "must be a whole number of cards");
        return 0;
    }
}
