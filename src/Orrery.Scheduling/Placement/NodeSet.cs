namespace Orrery.Scheduling;

/// <summary>All nodes, their order by name, and the pools over them.</summary>
internal sealed class NodeSet
{
    private const int LogPerNode = 4;
    private const int ShortestLog = 1024;

    private readonly Dictionary<string, NodeState> byName = [];
    private readonly Dictionary<Selector, NodePool> pools = [];
    private NodeState[] taking = [];
    private bool stale;

    /// <summary>Ranks of nodes whose free capacity changed, oldest first.</summary>
    public List<int> Log { get; } = [];

    /// <summary>Counts changes of the set: nodes, their capacity, labels, taints.</summary>
    public int Version { get; private set; }

    /// <summary>Counts moments at which a node got more room; what did not fit before the last one still does not.</summary>
    public long Grown { get; private set; }

    /// <summary>Counts moments at which any node's room changed, more or less.</summary>
    public long Moves { get; private set; }

    /// <summary>Nodes that take jobs, by rank.</summary>
    public NodeState[] Taking
    {
        get
        {
            if (stale)
                Rebuild();
            return taking;
        }
    }

    public IEnumerable<NodeState> Known => byName.Values.Where(node => node.Spec is not null);

    public NodeState? Find(string name) => byName.GetValueOrDefault(name);

    public NodeState Get(string name)
    {
        if (byName.TryGetValue(name, out var node))
            return node;
        node = new(name);
        byName.Add(name, node);
        return node;
    }

    public void Set(NodeSpec spec)
    {
        var node = Get(spec.Name);
        if (node.Spec is { } old && Same(old, spec))
            return;
        node.Set(spec);
        Changed();
    }

    public void Remove(string name)
    {
        if (Find(name) is not { Spec: not null } node)
            return;
        node.Set(null);
        Changed();
        Forget(node);
    }

    public void Use(NodeState node, in Resources amount)
    {
        node.Use(amount);
        Moves++;
        Note(node);
    }

    public void GiveBack(NodeState node, in Resources amount)
    {
        node.GiveBack(amount);
        Grown++;
        Moves++;
        Note(node);
        Forget(node);
    }

    public NodePool Pool(Selector selector)
    {
        if (stale)
            Rebuild();
        if (pools.TryGetValue(selector, out var pool))
        {
            pool.CatchUp();
            return pool;
        }
        pool = new(this, selector);
        pools.Add(selector, pool);
        return pool;
    }

    public void Drop(Selector selector) => pools.Remove(selector);

    private void Changed()
    {
        Version++;
        Grown++;
        Moves++;
        stale = true;
    }

    private void Note(NodeState node)
    {
        if (stale || node.Rank < 0)
            return;
        Log.Add(node.Rank);
        if (Log.Count < ShortestLog + taking.Length * LogPerNode)
            return;
        foreach (var pool in pools.Values)
            pool.Rewind();
        Log.Clear();
    }

    private void Rebuild()
    {
        stale = false;
        taking = [.. byName.Values.Where(node => node.TakesJobs).OrderBy(node => node.Name, StringComparer.Ordinal)];
        foreach (var node in byName.Values)
            node.Rank = -1;
        for (var rank = 0; rank < taking.Length; rank++)
            taking[rank].Rank = rank;
        pools.Clear();
        Log.Clear();
    }

    private void Forget(NodeState node)
    {
        if (node.Spec is null && node.Used == default)
            byName.Remove(node.Name);
    }

    private static bool Same(NodeSpec left, NodeSpec right) =>
        left.Capacity == right.Capacity
        && left.Schedulable == right.Schedulable
        && left.Taints.Count == right.Taints.Count
        && left.Taints.SequenceEqual(right.Taints)
        && left.Labels.Count == right.Labels.Count
        && left.Labels.All(label => right.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
