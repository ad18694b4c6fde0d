using System.Globalization;
using Orrery.Node.Hosting;
using Orrery.Node.Posix;

namespace Orrery.Node.Pods;

/// <summary>
/// What the files of pods take on the disk, measured from time to time as the kubelet does. Safe for use by several
/// threads; it measures only while somebody asks.
/// </summary>
internal sealed class ScratchMeter(NodeFolder folder, NodeOptions options, TimeProvider clock)
{
    /// <summary>To end a pod that takes less would help nobody.</summary>
    private const long WorthEvicting = 1 << 20;

    private readonly Lock turn = new();
    private readonly HashSet<string> asked = [];
    private Dictionary<string, long> measured = [];
    private bool isDiskFull;
    private DateTimeOffset next;
    private Task measuring = Task.CompletedTask;

    /// <summary>What a pod's owner is told when its files have to go; null while they may stay.</summary>
    /// <param name="podId">A live pod.</param>
    /// <param name="limit">Bytes; 0: none.</param>
    public string? Complaint(string podId, long limit)
    {
        lock (turn)
        {
            asked.Add(podId);
            if (measuring.IsCompleted && clock.GetUtcNow() >= next)
                measuring = Task.Run(Measure);
            if (!measured.TryGetValue(podId, out var used))
                return null;
            if (limit > 0 && used > limit)
                return $"its files take {Text(used)} of its {Text(limit)} of ephemeral storage";
            return isDiskFull && used >= WorthEvicting && measured.Values.Max() == used
                ? $"the disk is full, and its files take the most of it: {Text(used)}"
                : null;
        }
    }

    private void Measure()
    {
        string[] pods;
        lock (turn)
        {
            pods = [.. asked];
            asked.Clear();
        }
        var sizes = Sizes(pods);
        var free = new DriveInfo(folder.Pods).AvailableFreeSpace;
        lock (turn)
        {
            (measured, isDiskFull) = (sizes, free < options.DiskReserveBytes);
            next = clock.GetUtcNow() + options.ScratchPeriod;
        }
    }

    /// <summary>On the disk, not as files say: holes count nothing, a file with two names once.</summary>
    private Dictionary<string, long> Sizes(string[] pods)
    {
        var paths = pods.ToDictionary(pod => Path.Combine(folder.Pod(pod), "tmp"), pod => pod);
        var lines = Tool.Run("du", ["--summarize", "--one-file-system", "--block-size=1", "--", .. paths.Keys]).Output.Split('\n');
        return lines.Select(line => line.Split('\t', 2))
            .Where(parts => parts.Length == 2 && paths.ContainsKey(parts[1]) && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .ToDictionary(parts => paths[parts[1]], parts => long.Parse(parts[0], CultureInfo.InvariantCulture));
    }

    private static string Text(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.#} GiB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.#} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
    };
}
