namespace Orrery.Planning.Catalog;

/// <summary>Keeps what was used last, up to a total cost; each value is made once, also under concurrent use.</summary>
internal sealed class LruCache<TKey, TValue>(long capacity, Func<TValue, long> cost)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> order = new();
    private long total;

    public TValue Get(TKey key, Func<TKey, TValue> make)
    {
        Entry entry;
        lock (gate)
        {
            if (entries.TryGetValue(key, out var node))
            {
                order.Remove(node);
                order.AddFirst(node);
            }
            else
            {
                node = order.AddFirst(new Entry(key, new(() => make(key), LazyThreadSafetyMode.ExecutionAndPublication)));
                entries.Add(key, node);
            }

            entry = node.Value;
        }

        if (entry.Counted)
            return entry.Value.Value;
        var value = entry.Value.Value;
        Count(entry, value);
        return value;
    }

    private void Count(Entry entry, TValue value)
    {
        lock (gate)
        {
            if (entry.Counted || !entries.ContainsKey(entry.Key))
                return;
            entry.Counted = true;
            entry.Cost = cost(value);
            total += entry.Cost;
            while (total > capacity && order.Last is { } last && last.Value != entry)
            {
                order.RemoveLast();
                entries.Remove(last.Value.Key);
                total -= last.Value.Cost;
            }
        }
    }

    private sealed class Entry(TKey key, Lazy<TValue> value)
    {
        public TKey Key { get; } = key;

        public Lazy<TValue> Value { get; } = value;

        public bool Counted { get; set; }

        public long Cost { get; set; }
    }
}
