namespace Orrery.Scheduling;

/// <summary>Finds nodes for a gang: best fit, one node filled before the next is touched, ties by name.</summary>
internal sealed class Placer(NodeSet nodes)
{
    private Selector? lastSelector;
    private NodePool? lastPool;
    private int lastVersion;

    /// <summary>Nodes of the last placement found, in the order of ranks, with how many replicas each takes.</summary>
    public List<(NodeState Node, int Count)> Found { get; } = [];

    /// <summary>Looks for room; changes nothing but <see cref="Found"/>.</summary>
    /// <param name="job">Whose shape is placed.</param>
    /// <param name="ends">Latest end if it started now; null when unknown.</param>
    public bool TryPlace(JobState job, DateTimeOffset? ends)
    {
        Found.Clear();
        var shape = job.Shape;
        if (shape.Specified.Count > 0)
            return OnSpecified(job, ends);
        var pool = nodes.Pool(shape.Selector);
        var left = shape.Replicas;
        if (shape.Request.Gpus == 0)
            left = Walk(pool.Plain, job, ends, left);
        if (left > 0)
            left = Walk(pool.WithGpus, job, ends, left);
        return left == 0;
    }

    /// <summary>The nodes of <see cref="Found"/>, one for each rank.</summary>
    public NodeState[] ByRank(int replicas)
    {
        var byRank = new NodeState[replicas];
        var rank = 0;
        foreach (var (node, count) in Found)
        {
            for (var i = 0; i < count; i++)
                byRank[rank++] = node;
        }
        return byRank;
    }

    /// <summary>Would fit if nothing else ran; kept until the nodes change.</summary>
    public bool FitsEmpty(Shape shape)
    {
        if (shape.EmptyVersion == nodes.Version)
            return shape.FitsEmpty;
        shape.EmptyVersion = nodes.Version;
        var count = 0;
        foreach (var node in nodes.Taking)
        {
            if (count >= shape.Replicas)
                break;
            if (Admits(shape, node))
                count += shape.Request.CountIn(node.Room, shape.Specified.Count > 0 ? 1 : shape.Replicas);
        }
        return shape.FitsEmpty = count >= shape.Replicas;
    }

    /// <summary>The node's labels, taints and name suit the shape.</summary>
    public bool Admits(Shape shape, NodeState node) => node.Rank >= 0
        && (shape.Specified.Count == 0 || Names(shape, node.Name))
        && MembersOf(shape.Selector).Has(node.Rank);

    private NodePool MembersOf(Selector selector)
    {
        if (!ReferenceEquals(selector, lastSelector) || lastVersion != nodes.Version)
            (lastSelector, lastVersion, lastPool) = (selector, nodes.Version, nodes.Pool(selector));
        return lastPool!;
    }

    private static bool Names(Shape shape, string name)
    {
        foreach (var specified in shape.Specified)
        {
            if (specified == name)
                return true;
        }
        return false;
    }

    private bool OnSpecified(JobState job, DateTimeOffset? ends)
    {
        foreach (var name in job.Shape.Specified)
        {
            if (nodes.Find(name) is not { TakesJobs: true } node || !job.Shape.Selector.Admits(node.Spec!))
                return false;
            if (!job.Shape.Request.FitsIn(node.FreeFor(job, ends)))
                return false;
            foreach (var (taken, _) in Found)
            {
                if (ReferenceEquals(taken, node))
                    return false;
            }
            Found.Add((node, 1));
        }
        return true;
    }

    private int Walk(NodeIndex index, JobState job, DateTimeOffset? ends, int left)
    {
        var request = job.Shape.Request;
        var cursor = index.Seek(request);
        while (left > 0)
        {
            var rank = index.Next(request, ref cursor);
            if (rank < 0)
                break;
            var node = nodes.Taking[rank];
            var count = request.CountIn(node.Claims.Count == 0 ? node.Free : node.FreeFor(job, ends), left);
            if (count == 0)
                continue;
            Found.Add((node, count));
            left -= count;
        }
        return left;
    }
}
