namespace Orrery.Scheduling;

/// <summary>Chooses the nodes that drain for a head: those which are nearest to having room.</summary>
internal static class DrainChoice
{
    /// <returns>None when no end that can be hoped for would let the head start.</returns>
    public static List<(NodeState Node, int Count)> For(JobState head, ClusterState state)
    {
        var shape = head.Shape;
        var endless = new EndlessUse(state.Workspaces);
        if (!endless.LeaveQuotaFor(head))
            return [];
        var suited = new List<(NodeState Node, double Ready)>();
        foreach (var node in state.Nodes.Taking)
        {
            if (state.Placer.Admits(shape, node) && shape.Request.FitsIn(endless.RoomOn(node)))
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
            var count = shape.Request.CountIn(endless.RoomOn(node), shape.Specified.Count > 0 ? 1 : left);
            chosen.Add((node, count));
            left -= count;
        }
        return left > 0 ? [] : chosen;
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
