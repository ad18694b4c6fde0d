using Orrery.Server.Clusters.Requests;

namespace Orrery.Server.Clusters.Store;

/// <summary>The first rows of an order, out of rows that come in any: small windows in a heap, large ones sorted at the end.</summary>
internal sealed class SortWindow
{
    private const int LargestHeap = 1_000;

    private readonly IReadOnlyList<ClusterWorkloadRow> rows;
    private readonly IReadOnlyList<IndexKey> keys;
    private readonly Comparison<ClusterWorkloadRow> order;
    private readonly bool byPriority;
    private readonly int sign;
    private readonly long wanted;
    private readonly PriorityQueue<int, int>? worstFirst;
    private readonly List<int> all = [];

    public SortWindow(IReadOnlyList<ClusterWorkloadRow> rows, IReadOnlyList<IndexKey> keys, WorkloadSort sort, bool descending, DateTimeOffset now, long wanted)
    {
        (this.rows, this.keys, this.wanted) = (rows, keys, wanted);
        (order, byPriority, sign) = (sort.Order(descending, now), sort == WorkloadSort.Priority, descending ? -1 : 1);
        if (wanted <= LargestHeap)
            worstFirst = new PriorityQueue<int, int>(Comparer<int>.Create((one, other) => Compare(other, one)));
    }

    public long Offered { get; private set; }

    /// <param name="place">Of the row in both lists.</param>
    public void Offer(int place)
    {
        Offered++;
        if (worstFirst is null)
            all.Add(place);
        else if (worstFirst.Count < wanted)
            worstFirst.Enqueue(place, place);
        else if (Compare(place, worstFirst.Peek()) < 0)
            worstFirst.DequeueEnqueue(place, place);
    }

    /// <summary>The window, in order.</summary>
    public IEnumerable<int> Best()
    {
        if (worstFirst is not null)
            all.AddRange(worstFirst.UnorderedItems.Select(item => item.Element));
        all.Sort(Compare);
        return all.Take((int)Math.Min(wanted, all.Count));
    }

    /// <summary>By the keys as far as they tell: they lie side by side, rows do not.</summary>
    private int Compare(int a, int b)
    {
        if (!byPriority)
            return order(rows[a], rows[b]);
        var (keyA, keyB) = (keys[a], keys[b]);
        if (keyA.Priority != keyB.Priority)
            return sign * keyA.Priority.CompareTo(keyB.Priority);
        return keyA.IdStart != keyB.IdStart ? sign * keyA.IdStart.CompareTo(keyB.IdStart) : order(rows[a], rows[b]);
    }
}
