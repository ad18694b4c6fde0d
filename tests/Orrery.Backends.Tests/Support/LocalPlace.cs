using Orrery.Node;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Hosting;
using Xunit;

namespace Orrery.Backends.Tests.Support;

/// <summary>A data folder with the node process that owns its pods.</summary>
public sealed class LocalPlace : IBackendPlace, IAsyncLifetime
{
    private static readonly ClusterOptions Options = new()
    {
        NodeSettings = ["Tick=00:00:00.020", "FirstBackoff=00:00:00.050", "Heartbeat=00:00:00.500"],
    };

    private readonly DataFolder folder = DataFolder.Open(Directory.CreateTempSubdirectory("orrery-backend-").FullName);

    private readonly FolderContentStore contents;

    public LocalPlace() => contents = new FolderContentStore(Path.Combine(folder.Path, "artifacts"));

    string IBackendPlace.NodeName => LocalNodes.MachineName;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await NodeProcess.Stop(folder.Path);
        folder.Dispose();
        Directory.Delete(folder.Path, recursive: true);
    }

    IContentStore IBackendPlace.Contents => contents;

    IClusterBackend IBackendPlace.Open() => new LocalBackend(folder, Options, contents, TimeProvider.System);

    IReadOnlyList<string> IBackendPlace.Left(string workloadId) => [.. Directory.EnumerateDirectories("/proc").Where(process => Names(process, workloadId))];

    private static bool Names(string process, string workloadId)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Contains($"WORKLOAD_ID={workloadId}\0", StringComparison.Ordinal)
                || File.ReadAllText(Path.Combine(process, "cmdline")).Contains($"{workloadId}-", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false; // not a process, or one that has just ended
        }
    }
}
