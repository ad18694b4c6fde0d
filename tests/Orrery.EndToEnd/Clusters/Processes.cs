namespace Orrery.EndToEnd.Clusters;

/// <summary>Processes of this machine that belong to a workload: its id is in their environment or on their command line.</summary>
public static class Processes
{
    public static Task<string[]> Of(string workloadId) => Task.FromResult(Directory.GetDirectories("/proc")
        .Where(folder => int.TryParse(System.IO.Path.GetFileName(folder), out _) && (Has(folder, "environ", $"WORKLOAD_ID={workloadId}\0") || Has(folder, "cmdline", $"{workloadId}-")))
        .ToArray());

    /// <summary>Process ids of one rank's own processes.</summary>
    public static Task<string[]> Of(string workloadId, int rank) => Task.FromResult(Directory.GetDirectories("/proc")
        .Where(folder => Has(folder, "environ", $"WORKLOAD_ID={workloadId}\0") && Has(folder, "environ", $"\0RANK={rank}\0"))
        .Select(folder => System.IO.Path.GetFileName(folder)).ToArray());

    private static bool Has(string folder, string file, string text)
    {
        try
        {
            return File.ReadAllText(System.IO.Path.Combine(folder, file)).Contains(text, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
