namespace Orrery.Scheduling;

/// <summary>Chooses the nodes that drain for a head: those which are nearest to having room.</summary>
internal static class DrainChoice
{
    public static List<(NodeState Node, int Count)> For(JobState head, NodeSet nodes, Placer placer)
    {
        var shape = head.Shape;
        var suited = new List<(NodeState Node, double Ready)>();
        foreach (var node in nodes.Taking)
        {
            if (placer.Admits(shape, node) && shape.Request.FitsIn(node.Room))
                suited.Add((node, Ready(shape.Request, node.Free)));
        }
        suited.Sort(static (left, right) =>
            left.Ready != right.Ready ? right.Ready.CompareTo(left.Ready) : left.Node.Rank.CompareTo(right.Node.Rank));
        var chosen = new List<(NodeState Node, int Count)>();
        var left = shape.Replicas;
        foreach (var (node, _) in suited)
        {
            if (left == 0)
                break;
            var count = shape.Request.CountIn(node.Room, shape.Specified.Count > 0 ? 1 : left);
            chosen.Add((node, count));
            left -= count;
        }
        return chosen;
    }

    /// <summary>How many replicas the free capacity holds, in fractions: its scarcest resource decides.</summary>
    public static double Ready(in Resources request, in Resources free)
    {
        var ready = double.MaxValue;
        if (request.CpuMillis > 0)
            ready = Math.Min(ready, (double)free.CpuMillis / request.CpuMillis);
        if (request.MemoryBytes > 0)
            ready = Math.Min(ready, (double)free.MemoryBytes / request.MemoryBytes);
        if (request.Gpus > 0)
            ready = Math.Min(ready, (double)free.Gpus / request.Gpus);
        return ready;
    }
}
