namespace Orrery.Scheduling;

/// <summary>The nodes that a selector admits, indexed by what is free. It reads the set's log of changes when it is asked.</summary>
internal sealed class NodePool
{
    private readonly NodeSet nodes;
    private readonly NodeKey[] keys;
    private readonly bool[] member;
    private int read;

    public NodePool(NodeSet nodes, Selector selector)
    {
        this.nodes = nodes;
        keys = new NodeKey[nodes.Taking.Length];
        member = new bool[keys.Length];
        read = nodes.Log.Count;
        foreach (var node in nodes.Taking)
        {
            if (!selector.Admits(node.Spec!))
                continue;
            member[node.Rank] = true;
            Members++;
            keys[node.Rank] = NodeKey.Of(node);
            IndexOf(node).Add(keys[node.Rank]);
        }
    }

    /// <summary>Nodes without cards: jobs that need none go there first.</summary>
    public NodeIndex Plain { get; } = new();

    public NodeIndex WithGpus { get; } = new();

    public int Members { get; }

    public bool Has(int rank) => rank >= 0 && member[rank];

    public void CatchUp()
    {
        for (; read < nodes.Log.Count; read++)
        {
            var rank = nodes.Log[read];
            if (!member[rank])
                continue;
            var node = nodes.Taking[rank];
            var key = NodeKey.Of(node);
            if (key == keys[rank])
                continue;
            IndexOf(node).Remove(keys[rank]);
            IndexOf(node).Add(key);
            keys[rank] = key;
        }
    }

    /// <summary>The log is emptied after this.</summary>
    public void Rewind()
    {
        CatchUp();
        read = 0;
    }

    private NodeIndex IndexOf(NodeState node) => node.Spec!.Capacity.Gpus > 0 ? WithGpus : Plain;
}
