using System.Runtime.InteropServices;
using Orrery.Server.Clusters.Requests;

namespace Orrery.Server.Clusters.Store;

/// <summary>All workloads in memory without their large texts, so that a list among very many filters, counts and sorts without the disk.</summary>
/// <remarks>For a database that this process alone writes: each commit is told here before its caller hears of it.</remarks>
internal sealed class WorkloadIndex : IDisposable
{
    /// <summary>Texts of rows that are gone are forgotten when they are so many more than rows.</summary>
    private const int MostStale = 10_000;

    private static readonly Comparer<ClusterWorkloadRow> TimeOrder = Comparer<ClusterWorkloadRow>.Create(ByTime);

    private readonly ReaderWriterLockSlim gate = new();
    private readonly IndexTexts texts = new();

    // By creation, then id; both lists have the same order.
    private readonly List<IndexKey> keys = [];
    private readonly List<ClusterWorkloadRow> rows = [];

    /// <summary>Everything that the database has.</summary>
    public void Load(IEnumerable<ClusterWorkloadRow> present) => Write(() => Fill(present));

    /// <summary>New rows.</summary>
    public void Add(IReadOnlyList<ClusterWorkloadRow> made) => Write(() =>
    {
        foreach (var row in made)
        {
            var place = Place(row);
            if (place >= 0)
                continue;
            var key = texts.KeyOf(row);
            keys.Insert(~place, key); // at the end or near it: rows come in about their order
            rows.Insert(~place, texts.Slim(row, key));
        }
    });

    /// <summary>Changed and deleted rows. One that is told late, after a newer version or its deletion, changes nothing.</summary>
    public void Take(IReadOnlyList<WorkloadChange> changes) => Write(() =>
    {
        foreach (var change in changes)
        {
            var place = Place(change.Before);
            if (place < 0)
                continue;
            if (change.Delete)
            {
                keys.RemoveAt(place);
                rows.RemoveAt(place);
            }
            else if (change.After.Version > rows[place].Version)
            {
                keys[place] = texts.KeyOf(change.After);
                rows[place] = texts.Slim(change.After, keys[place]);
            }
        }
        if (texts.Count > (2 * rows.Count) + MostStale)
            Fill([.. rows]);
    });

    /// <summary>Rows as the database has them, of which the index has no spec yet.</summary>
    public void Complete(IReadOnlyList<ClusterWorkloadRow> read) => Write(() =>
    {
        foreach (var row in read)
        {
            var place = Place(row);
            if (place >= 0 && rows[place].Version == row.Version)
                rows[place] = texts.Slim(row, keys[place]);
        }
    });

    /// <summary>How many rows a filter selects, and those of the page, as far as lists show them. Of one that was read at the start and not
    /// <see cref="Complete">completed</see> the spec is missing.</summary>
    /// <param name="filter">What is asked for.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="now">Running times count to it.</param>
    public (long Total, IReadOnlyList<ClusterWorkloadRow> Rows) Page(ListFilter filter, Visibility caller, DateTimeOffset now)
    {
        gate.EnterReadLock();
        try
        {
            var selects = new WorkloadFilter(filter, caller, texts);
            return filter.Sort == WorkloadSort.CreationTime ? InTime(filter, selects) : InOrder(filter, selects, now);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>Id and version of a cluster's rows that are not over and done.</summary>
    public IReadOnlyList<(string Id, long Version)> Open(string clusterId)
    {
        gate.EnterReadLock();
        try
        {
            return [.. rows.Where(row => row.IsOpen && row.ClusterId == clusterId).Select(row => (row.Id, row.Version))];
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    public void Dispose() => gate.Dispose();

    private static int ByTime(ClusterWorkloadRow a, ClusterWorkloadRow b) =>
        a.CreatedAt.CompareTo(b.CreatedAt) is not 0 and var time ? time : string.CompareOrdinal(a.Id, b.Id);

    private void Write(Action change)
    {
        gate.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private void Fill(IEnumerable<ClusterWorkloadRow> present)
    {
        var all = present.Order(TimeOrder).ToList();
        texts.Clear();
        keys.Clear();
        rows.Clear();
        foreach (var row in all)
        {
            keys.Add(texts.KeyOf(row));
            rows.Add(texts.Slim(row, keys[^1]));
        }
    }

    private (long Total, IReadOnlyList<ClusterWorkloadRow> Rows) InTime(ListFilter filter, WorkloadFilter selects)
    {
        var page = new List<ClusterWorkloadRow>();
        var all = CollectionsMarshal.AsSpan(keys);
        long total = 0;
        for (var i = 0; i < all.Length; i++)
        {
            var at = filter.Descending ? all.Length - 1 - i : i;
            if (!selects.Takes(all[at], rows[at]))
                continue;
            if (total >= filter.Offset && page.Count < filter.Limit)
                page.Add(rows[at]);
            total++;
        }
        return (total, page);
    }

    private (long Total, IReadOnlyList<ClusterWorkloadRow> Rows) InOrder(ListFilter filter, WorkloadFilter selects, DateTimeOffset now)
    {
        var window = new SortWindow(rows, keys, filter.Sort, filter.Descending, now, filter.Offset + (long)filter.Limit);
        var all = CollectionsMarshal.AsSpan(keys);
        for (var i = 0; i < all.Length; i++)
        {
            var at = filter.Descending ? all.Length - 1 - i : i; // ties go by id, about the order of creation: what comes first here stays
            if (selects.Takes(all[at], rows[at]))
                window.Offer(at);
        }
        return (window.Offered, [.. window.Best().Skip(filter.Offset).Select(i => rows[i])]);
    }

    /// <returns>Where a row is, or the complement of where it belongs.</returns>
    private int Place(ClusterWorkloadRow row) => rows.Count == 0 || ByTime(rows[^1], row) < 0 ? ~rows.Count : rows.BinarySearch(row, TimeOrder);
}
