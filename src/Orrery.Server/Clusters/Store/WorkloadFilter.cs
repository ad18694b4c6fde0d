using Orrery.Server.Clusters.Requests;

namespace Orrery.Server.Clusters.Store;

/// <summary>A list's filter over rows in memory; the cheap questions first.</summary>
internal sealed class WorkloadFilter(ListFilter filter, Func<ClusterWorkloadRow, bool> maySee)
{
    public bool Takes(ClusterWorkloadRow row) =>
        (filter.WorkspaceId is null || row.WorkspaceId == filter.WorkspaceId)
        && Among(filter.Phases, row.Phase)
        && Among(filter.Kinds, row.Kind)
        && (filter.ClusterId is null || row.ClusterId == filter.ClusterId)
        && (filter.UserId is null || row.UserId == filter.UserId)
        && !(row.CreatedAt < filter.Since)
        && !(row.CreatedAt > filter.Until)
        && maySee(row)
        && Has(row.UserName, filter.UserName)
        && Has(row.Id, filter.WorkloadId)
        && Has(row.Description, filter.Description);

    private static bool Among(IReadOnlyList<string> chosen, string value)
    {
        if (chosen.Count == 0)
            return true;
        for (var i = 0; i < chosen.Count; i++)
        {
            if (chosen[i] == value)
                return true;
        }
        return false;
    }

    private static bool Has(string text, string? part) => part is null || text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
