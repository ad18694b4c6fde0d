namespace Orrery.Bench;

/// <summary>How often the disk can say that something is durable: appends of one page, each synced.</summary>
internal static class DiskBench
{
    private const int PageBytes = 4096;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    public static void Run()
    {
        var file = Path.Combine(Path.GetTempPath(), $"orrery-sync-{Environment.ProcessId}");
        try
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[PageBytes];
            var start = TimeProvider.System.GetTimestamp();
            var syncs = 0;
            for (; TimeProvider.System.GetElapsedTime(start) < Length; syncs++)
            {
                stream.Write(page);
                stream.Flush(flushToDisk: true);
            }
            Report.Row("synced 4 KiB appends", $"{syncs / TimeProvider.System.GetElapsedTime(start).TotalSeconds:N0} a second");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
