using System.Runtime.CompilerServices;
using Orrery.Node.Hosting;

namespace Orrery.Node.Logs;

/// <summary>Reads the logs of pods from their files, whether the node is up or not.</summary>
public static class PodLog
{
    private static readonly TimeSpan FollowPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Where the log of a pod lies.</summary>
    public static string Folder(string dataFolder, string workloadId, string podId) =>
        new NodeFolder(dataFolder).Log(Names.Checked(workloadId), Names.Checked(podId));

    /// <summary>The last lines, oldest first, read from the end: never the whole log.</summary>
    /// <param name="folder">From <see cref="Folder"/>; one that does not exist has no lines.</param>
    /// <param name="tailLines">How many at most.</param>
    /// <param name="since">Only lines taken at this time or later; null: all.</param>
    public static Task<IReadOnlyList<LogLine>> Read(
        string folder, int tailLines, DateTimeOffset? since = null, CancellationToken cancellation = default) =>
        Task.Run(() => LogTail.Read(folder, tailLines, since, cancellation), cancellation);

    /// <summary>Lines after an offset, then new ones as they come, without end. The log need not exist yet.</summary>
    /// <param name="folder">From <see cref="Folder"/>.</param>
    /// <param name="afterOffset">The offset of the last line that the caller has; 0: from the beginning.</param>
    /// <param name="clock">Paces the wait for new lines.</param>
    public static async IAsyncEnumerable<LogLine> Follow(
        string folder, long afterOffset, TimeProvider? clock = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var cursor = new LogCursor(folder, afterOffset);
        while (!cancellation.IsCancellationRequested)
        {
            var any = false;
            foreach (var line in cursor.Next())
            {
                any = true;
                yield return line;
            }
            if (!any)
                await Task.Delay(FollowPoll, clock ?? TimeProvider.System, cancellation);
        }
    }
}
