using Orrery.Cli.Output;
using Orrery.Contracts.Clusters;
using Spectre.Console;

namespace Orrery.Cli.Clusters.Views;

internal static class WorkloadTable
{
    public static Table Create(IEnumerable<ClusterWorkloadItem> workloads, bool isWide)
    {
        string[] more = isWide ? ["Cluster", "User", ">CPU", ">Memory", ">GPU", ">Priority", "Started", "Ended"] : [];
        var table = Tables.Create(null, ["Id", "Kind", "Workspace", "Phase", ">Pods", ">Runs", ">Queue", "Runtime", "Created", .. more, "Message"]);
        table.Columns[0].NoWrap();
        foreach (var workload in workloads)
            table.Rendered([.. Cells(workload), .. isWide ? Wide(workload) : [], workload.Message.Cell()]);
        return table;
    }

    private static Markup[] Cells(ClusterWorkloadItem workload) =>
    [
        workload.WorkloadId.Cell(), Or(workload.GroupVersionKind.Kind), workload.WorkspaceId.Cell(), Statuses.Render(workload.Phase),
        $"{workload.Resource.Replica}".Cell(), $"{workload.DispatchCount}".Cell(), (workload.SchedulerOrder > 0 ? $"{workload.SchedulerOrder}" : "–").Cell(),
        Or(workload.Runtime), Or(workload.CreationTime),
    ];

    private static Markup[] Wide(ClusterWorkloadItem workload) =>
    [
        Or(workload.ClusterId), Or(workload.UserName), Or(workload.Resource.Cpu), Or(workload.Resource.Memory), Or(workload.Resource.Gpu),
        $"{workload.Priority}".Cell(), Or(workload.StartTime), Or(workload.EndTime),
    ];

    private static Markup Or(string? text) => (string.IsNullOrEmpty(text) ? "–" : text).Cell();
}
