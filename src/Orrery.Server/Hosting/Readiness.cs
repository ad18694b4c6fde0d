using Dapper;
using Orrery.Server.Clusters;
using Orrery.Server.Storage;

namespace Orrery.Server.Hosting;

/// <summary>Whether work can be taken.</summary>
internal sealed class Readiness(IDatabase database, DataFolder folder, ClusterHost clusters)
{
    private const string Full = "The storage is full.";
    private const long LeastFreeBytes = 4 * 1024 * 1024;

    /// <summary>What works less well than it should; it does not keep work from being taken.</summary>
    public IReadOnlyList<string> Shortcomings => clusters.Problems;

    public async Task<string?> Problem(CancellationToken ct)
    {
        try
        {
            if (new DriveInfo(folder.Path).AvailableFreeSpace < LeastFreeBytes)
                return Full;
            if (database.IsFull)
                await database.Write(work => work.Execute("UPDATE counters SET value = value WHERE name = 'planning'"), ct);
            await database.Read(db => db.ExecuteScalarAsync<long>("SELECT 1"), ct);
            return clusters.IsOpen ? null : "The clusters are being opened.";
        }
        catch (StorageFullException)
        {
            return Full;
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            return "The database does not answer.";
        }
    }
}
