namespace Orrery.Scheduling;

/// <summary>
/// Jobs in their order. Sorted blocks of bounded size: an operation is a binary search over the blocks and one inside a block;
/// a rank adds up the counts of the blocks before, which at 100,000 jobs is some hundred integers in a row.
/// </summary>
internal sealed class JobQueue
{
    private const int BlockSize = 256;
    private const int FirstBlockSize = 4;

    private JobState[][] blocks = new JobState[1][];
    private int[] counts = new int[1];
    private int blockCount;

    public int Count { get; private set; }

    public JobState? First => Count == 0 ? null : blocks[0][0];

    public void Add(JobState job)
    {
        Count++;
        if (blockCount == 0)
        {
            blocks[0] = new JobState[FirstBlockSize];
            (blocks[0][0], counts[0], blockCount) = (job, 1, 1);
            return;
        }
        var block = BlockOf(job);
        if (counts[block] == BlockSize)
        {
            Split(block);
            block = BlockOf(job);
        }
        if (counts[block] == blocks[block].Length)
            Array.Resize(ref blocks[block], blocks[block].Length * 4);
        var slot = SlotOf(block, job);
        Array.Copy(blocks[block], slot, blocks[block], slot + 1, counts[block] - slot);
        blocks[block][slot] = job;
        counts[block]++;
    }

    /// <summary>Takes out a job that is there, under the order that it was added with.</summary>
    public void Remove(JobState job)
    {
        var block = BlockOf(job);
        var slot = SlotOf(block, job);
        if (slot >= counts[block] || !ReferenceEquals(blocks[block][slot], job))
            throw new InvalidOperationException($"Job {job.Id} is not where its order puts it.");
        counts[block]--;
        Count--;
        Array.Copy(blocks[block], slot + 1, blocks[block], slot, counts[block] - slot);
        blocks[block][counts[block]] = null!;
        if (counts[block] > 0)
            return;
        blockCount--;
        Array.Copy(blocks, block + 1, blocks, block, blockCount - block);
        Array.Copy(counts, block + 1, counts, block, blockCount - block);
        blocks[blockCount] = null!;
    }

    /// <summary>Place of a job that is there, from 1.</summary>
    public int Rank(JobState job)
    {
        var block = BlockOf(job);
        var before = 0;
        foreach (var count in counts.AsSpan(0, block))
            before += count;
        return before + SlotOf(block, job) + 1;
    }

    /// <summary>The first jobs, at most <paramref name="limit"/>, up to but without <paramref name="end"/>.</summary>
    public string[] Ahead(JobState end, int limit)
    {
        var ids = new List<string>();
        for (var block = 0; block < blockCount; block++)
        {
            for (var slot = 0; slot < counts[block]; slot++)
            {
                if (ids.Count == limit || ReferenceEquals(blocks[block][slot], end))
                    return [.. ids];
                ids.Add(blocks[block][slot].Id);
            }
        }
        return [.. ids];
    }

    private int BlockOf(JobState job)
    {
        var (low, high) = (0, blockCount - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >> 1;
            if (JobOrder.Of(blocks[middle][0], job) <= 0)
                low = middle;
            else
                high = middle - 1;
        }
        return low;
    }

    private int SlotOf(int block, JobState job)
    {
        var (low, high) = (0, counts[block]);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (JobOrder.Of(blocks[block][middle], job) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private void Split(int block)
    {
        if (blockCount == blocks.Length)
        {
            Array.Resize(ref blocks, blockCount * 2);
            Array.Resize(ref counts, blockCount * 2);
        }
        Array.Copy(blocks, block + 1, blocks, block + 2, blockCount - block - 1);
        Array.Copy(counts, block + 1, counts, block + 2, blockCount - block - 1);
        // The last block is left nearly full: jobs mostly arrive in their order.
        var keep = block == blockCount - 1 ? BlockSize - BlockSize / 8 : BlockSize / 2;
        var right = new JobState[BlockSize];
        Array.Copy(blocks[block], keep, right, 0, BlockSize - keep);
        Array.Clear(blocks[block], keep, BlockSize - keep);
        (blocks[block + 1], counts[block], counts[block + 1]) = (right, keep, BlockSize - keep);
        blockCount++;
    }
}
