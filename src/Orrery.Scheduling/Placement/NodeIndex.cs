using System.Runtime.InteropServices;

namespace Orrery.Scheduling;

/// <summary>What is free on a node; the least comes first, so that walking up from a request meets the best fit first.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NodeKey(int Gpus, long CpuMillis, long MemoryBytes, int Rank)
{
    public static NodeKey Of(NodeState node) => new(node.Free.Gpus, node.Free.CpuMillis, node.Free.MemoryBytes, node.Rank);

    public int Against(in NodeKey other)
    {
        if (Gpus != other.Gpus)
            return Gpus < other.Gpus ? -1 : 1;
        if (CpuMillis != other.CpuMillis)
            return CpuMillis < other.CpuMillis ? -1 : 1;
        if (MemoryBytes != other.MemoryBytes)
            return MemoryBytes < other.MemoryBytes ? -1 : 1;
        return Rank.CompareTo(other.Rank);
    }
}

/// <summary>Nodes sorted by what is free, in blocks that know their maxima: a search skips whole blocks that cannot hold the request.</summary>
internal sealed class NodeIndex
{
    private const int BlockSize = 64;

    private readonly List<Block> blocks = [];

    /// <summary>A place in the walk of <see cref="Next"/>.</summary>
    [StructLayout(LayoutKind.Auto)]
    public record struct Cursor(int Block, int Slot);

    public void Add(in NodeKey key)
    {
        if (blocks.Count == 0)
            blocks.Add(new());
        var at = BlockOf(key);
        if (blocks[at].Count == BlockSize)
        {
            blocks.Insert(at + 1, blocks[at].SplitOff());
            at = BlockOf(key);
        }
        blocks[at].Insert(key);
    }

    public void Remove(in NodeKey key)
    {
        var at = BlockOf(key);
        blocks[at].Remove(key);
        if (blocks[at].Count == 0)
            blocks.RemoveAt(at);
    }

    /// <summary>Where the walk for a request begins.</summary>
    public Cursor Seek(in Resources request)
    {
        if (blocks.Count == 0)
            return default;
        var key = new NodeKey(request.Gpus, request.CpuMillis, request.MemoryBytes, -1);
        var block = BlockOf(key);
        return new(block, blocks[block].SlotOf(key));
    }

    /// <summary>Rank of the next node with room for one replica, least room first; −1 at the end.</summary>
    public int Next(in Resources request, ref Cursor cursor)
    {
        var (at, slot) = (cursor.Block, cursor.Slot);
        for (; at < blocks.Count; at++, slot = 0)
        {
            var block = blocks[at];
            if (!block.MayHold(request))
                continue;
            for (; slot < block.Count; slot++)
            {
                ref readonly var key = ref block.Keys[slot];
                if (key.CpuMillis < request.CpuMillis || key.MemoryBytes < request.MemoryBytes || key.Gpus < request.Gpus)
                    continue;
                cursor = new(at, slot + 1);
                return key.Rank;
            }
        }
        cursor = new(at, 0);
        return -1;
    }

    private int BlockOf(in NodeKey key)
    {
        var (low, high) = (0, blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (blocks[middle].Count == 0 || blocks[middle].Keys[0].Against(key) <= 0)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private sealed class Block
    {
        private int maxGpus = int.MinValue;
        private long maxCpu = long.MinValue;
        private long maxMemory = long.MinValue;

        public NodeKey[] Keys { get; } = new NodeKey[BlockSize];

        public int Count { get; private set; }

        public bool MayHold(in Resources request) =>
            maxCpu >= request.CpuMillis && maxMemory >= request.MemoryBytes && maxGpus >= request.Gpus;

        public void Insert(in NodeKey key)
        {
            var slot = SlotOf(key);
            Array.Copy(Keys, slot, Keys, slot + 1, Count - slot);
            Keys[slot] = key;
            Count++;
            Raise(key);
        }

        public void Remove(in NodeKey key)
        {
            var slot = SlotOf(key);
            if (slot >= Count || Keys[slot] != key)
                throw new InvalidOperationException($"Node {key.Rank} is not where its free capacity puts it.");
            Count--;
            Array.Copy(Keys, slot + 1, Keys, slot, Count - slot);
            if (key.CpuMillis == maxCpu || key.MemoryBytes == maxMemory || key.Gpus == maxGpus)
                Measure();
        }

        public Block SplitOff()
        {
            var right = new Block();
            var half = Count / 2;
            Array.Copy(Keys, half, right.Keys, 0, Count - half);
            right.Count = Count - half;
            Count = half;
            right.Measure();
            Measure();
            return right;
        }

        public int SlotOf(in NodeKey key)
        {
            var (low, high) = (0, Count);
            while (low < high)
            {
                var middle = (low + high) >> 1;
                if (Keys[middle].Against(key) < 0)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low;
        }

        private void Measure()
        {
            (maxGpus, maxCpu, maxMemory) = (int.MinValue, long.MinValue, long.MinValue);
            for (var slot = 0; slot < Count; slot++)
                Raise(Keys[slot]);
        }

        private void Raise(in NodeKey key)
        {
            maxGpus = Math.Max(maxGpus, key.Gpus);
            maxCpu = Math.Max(maxCpu, key.CpuMillis);
            maxMemory = Math.Max(maxMemory, key.MemoryBytes);
        }
    }
}
