namespace Orrery.Scheduling;

/// <summary>How a shape stands against the nodes in one state of the cluster.</summary>
/// <param name="Version">The state.</param>
/// <param name="Labelled">Nodes with its labels, whether or not they take jobs.</param>
/// <param name="Admitted">Nodes that it may use.</param>
/// <param name="Fitting">How many of its replicas fit now.</param>
/// <param name="FittingEmpty">How many would fit if nothing else ran.</param>
/// <param name="Best">The node that is nearest to having room for a replica; null when it may use none.</param>
internal sealed record ShapeReport(long Version, int Labelled, int Admitted, int Fitting, int FittingEmpty, NodeState? Best)
{
    public static ShapeReport Of(Shape shape, ClusterState state)
    {
        if (shape.Report is { } kept && kept.Version == state.Version)
            return kept;
        var (labelled, admitted, fitting, fittingEmpty) = (0, 0, 0, 0);
        NodeState? best = null;
        var ready = double.MinValue;
        var perNode = shape.Specified.Count > 0 ? 1 : shape.Replicas;
        foreach (var node in state.Nodes.Taking)
        {
            if (shape.Selector.HasLabels(node.Spec!))
                labelled++;
            if (!state.Placer.Admits(shape, node))
                continue;
            admitted++;
            fitting += shape.Request.CountIn(node.Free, perNode);
            fittingEmpty += shape.Request.CountIn(node.Room, perNode);
            var nodeReady = DrainChoice.Ready(shape.Request, node.Free);
            if (nodeReady <= ready)
                continue;
            (best, ready) = (node, nodeReady);
        }
        return shape.Report = new(state.Version, labelled, admitted, Math.Min(fitting, shape.Replicas), Math.Min(fittingEmpty, shape.Replicas), best);
    }
}
