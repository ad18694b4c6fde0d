using Orrery.Server.Clusters.Requests;

namespace Orrery.Server.Clusters.Store;

/// <summary>All workloads in memory without their large texts, so that a list among very many filters, counts and sorts without the disk.</summary>
/// <remarks>For a database that this process alone writes: each commit is told here before its caller hears of it.</remarks>
internal sealed class WorkloadIndex : IDisposable
{
    /// <summary>Windows up to this are kept in a heap while rows go by; larger ones are sorted whole.</summary>
    private const int LargestHeap = 1_000;

    private static readonly Comparer<ClusterWorkloadRow> TimeOrder = Comparer<ClusterWorkloadRow>.Create(ByTime);

    private readonly ReaderWriterLockSlim gate = new();
    private readonly Dictionary<string, string> shared = new(StringComparer.Ordinal);
    private readonly List<ClusterWorkloadRow> byTime = [];

    /// <summary>Everything that the database has.</summary>
    public void Load(IEnumerable<ClusterWorkloadRow> rows)
    {
        gate.EnterWriteLock();
        try
        {
            byTime.Clear();
            byTime.AddRange(rows.Select(Slim));
            byTime.Sort(ByTime);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>New rows.</summary>
    public void Add(IReadOnlyList<ClusterWorkloadRow> rows)
    {
        gate.EnterWriteLock();
        try
        {
            foreach (var row in rows)
            {
                var slim = Slim(row);
                var place = Place(slim);
                if (place < 0)
                    byTime.Insert(~place, slim); // near the end: rows come in about their order
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Changed and deleted rows. One that is told late, after a newer version or its deletion, changes nothing.</summary>
    public void Take(IReadOnlyList<WorkloadChange> changes)
    {
        gate.EnterWriteLock();
        try
        {
            foreach (var change in changes)
            {
                var place = Place(change.Before);
                if (place < 0)
                    continue;
                if (change.Delete)
                    byTime.RemoveAt(place);
                else if (change.After.Version > byTime[place].Version)
                    byTime[place] = Slim(change.After);
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>How many rows a filter selects, and the ids of the page.</summary>
    /// <param name="filter">What is asked for.</param>
    /// <param name="maySee">Whether the caller may see a row.</param>
    /// <param name="now">Running times count to it.</param>
    public (long Total, IReadOnlyList<string> Ids) Page(ListFilter filter, Func<ClusterWorkloadRow, bool> maySee, DateTimeOffset now)
    {
        var selects = new WorkloadFilter(filter, maySee);
        gate.EnterReadLock();
        try
        {
            if (filter.Sort == WorkloadSort.CreationTime)
                return InTime(filter, selects);
            var order = filter.Sort.Order(filter.Descending, now);
            return filter.Offset + (long)filter.Limit <= LargestHeap ? FromHeap(filter, selects, order) : Sorted(filter, selects, order);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    public void Dispose() => gate.Dispose();

    private static int ByTime(ClusterWorkloadRow a, ClusterWorkloadRow b) =>
        a.CreatedAt.CompareTo(b.CreatedAt) is not 0 and var time ? time : string.CompareOrdinal(a.Id, b.Id);

    private (long Total, IReadOnlyList<string> Ids) InTime(ListFilter filter, WorkloadFilter selects)
    {
        var ids = new List<string>();
        long total = 0;
        for (var i = 0; i < byTime.Count; i++)
        {
            var row = byTime[filter.Descending ? byTime.Count - 1 - i : i];
            if (!selects.Takes(row))
                continue;
            if (total >= filter.Offset && ids.Count < filter.Limit)
                ids.Add(row.Id);
            total++;
        }
        return (total, ids);
    }

    private (long Total, IReadOnlyList<string> Ids) FromHeap(ListFilter filter, WorkloadFilter selects, Comparison<ClusterWorkloadRow> order)
    {
        var wanted = filter.Offset + filter.Limit;
        var worstFirst = new PriorityQueue<ClusterWorkloadRow, ClusterWorkloadRow>(Comparer<ClusterWorkloadRow>.Create((a, b) => order(b, a)));
        long total = 0;
        foreach (var row in byTime)
        {
            if (!selects.Takes(row))
                continue;
            total++;
            if (worstFirst.Count < wanted)
                worstFirst.Enqueue(row, row);
            else if (order(row, worstFirst.Peek()) < 0)
                worstFirst.DequeueEnqueue(row, row);
        }
        var best = worstFirst.UnorderedItems.Select(item => item.Element).ToList();
        best.Sort(order);
        return (total, [.. best.Skip(filter.Offset).Select(row => row.Id)]);
    }

    private (long Total, IReadOnlyList<string> Ids) Sorted(ListFilter filter, WorkloadFilter selects, Comparison<ClusterWorkloadRow> order)
    {
        var all = byTime.Where(selects.Takes).ToList();
        all.Sort(order);
        return (all.Count, [.. all.Skip(filter.Offset).Take(filter.Limit).Select(row => row.Id)]);
    }

    /// <returns>Where a row is, or the complement of where it belongs.</returns>
    private int Place(ClusterWorkloadRow row) => byTime.Count == 0 || ByTime(byTime[^1], row) < 0 ? ~byTime.Count : byTime.BinarySearch(row, TimeOrder);

    private ClusterWorkloadRow Slim(ClusterWorkloadRow row) => row with
    {
        Spec = "",
        Env = null,
        Conditions = "",
        WorkspaceId = Shared(row.WorkspaceId),
        ClusterId = Shared(row.ClusterId),
        UserId = Shared(row.UserId),
        UserName = Shared(row.UserName),
        Kind = Shared(row.Kind),
        Phase = Shared(row.Phase),
        Held = Shared(row.Held),
    };

    /// <summary>One string for what many rows have the same: there are few of these.</summary>
    private string Shared(string text)
    {
        if (shared.TryGetValue(text, out var known))
            return known;
        shared.Add(text, text);
        return text;
    }
}
