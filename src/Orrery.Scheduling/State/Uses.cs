namespace Orrery.Scheduling;

/// <summary>What runs where, for readers.</summary>
internal static class Uses
{
    public static IReadOnlyList<NodeUse> Of(ClusterState state)
    {
        var jobs = new Dictionary<NodeState, List<NodeJob>>();
        foreach (var job in state.Jobs.Values)
        {
            for (var rank = 0; rank < job.Nodes.Length; rank++)
            {
                if (!jobs.TryGetValue(job.Nodes[rank], out var there))
                {
                    there = [];
                    jobs.Add(job.Nodes[rank], there);
                }
                there.Add(new(job.Id, rank, job.Shape.Request));
            }
        }
        foreach (var there in jobs.Values)
            there.Sort(static (left, right) => left.JobId == right.JobId ? left.Rank.CompareTo(right.Rank) : string.CompareOrdinal(left.JobId, right.JobId));
        return [.. state.Nodes.Known.OrderBy(node => node.Name, StringComparer.Ordinal)
            .Select(node => new NodeUse(node.Spec!, node.Spec!.Capacity - node.Used, jobs.GetValueOrDefault(node) ?? []))];
    }
}
