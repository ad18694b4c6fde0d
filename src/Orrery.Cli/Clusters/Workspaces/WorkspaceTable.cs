using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Workspaces;

internal static class WorkspaceTable
{
    public static Listing Create(IReadOnlyList<WorkspaceView> workspaces, bool isWide)
    {
        string[] more = isWide ? ["May borrow", "Policy", "Preemption", "Admins", "Members", "Created"] : [];
        var table = Tables.Create(null, ["Id", "~Name", "?Cluster", "?Group", "~Quota", "~Used", ">Running", ">Waiting", .. more]);
        foreach (var workspace in workspaces)
        {
            table.Row([
                workspace.WorkspaceId, workspace.DisplayName, workspace.ClusterId, workspace.Group ?? "–", AmountText.Of(workspace.Quota, "no limit"),
                AmountText.Of(workspace.Used, "nothing"), $"{workspace.Running}", $"{workspace.Waiting}", .. isWide ? Wide(workspace) : []]);
        }
        return table;
    }

    private static string[] Wide(WorkspaceView workspace) =>
    [
        AmountText.Of(workspace.BorrowingLimit, "no limit"), workspace.QueuePolicy, workspace.Preemption ? "on" : "off",
        string.Join(", ", workspace.Admins), string.Join(", ", workspace.Members), workspace.CreationTime,
    ];
}
