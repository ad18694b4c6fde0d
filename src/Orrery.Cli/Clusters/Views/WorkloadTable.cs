using Orrery.Cli.Output;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Views;

internal static class WorkloadTable
{
    public static Listing Create(IEnumerable<ClusterWorkloadItem> workloads, bool isWide, DateTimeOffset now)
    {
        string[] more = isWide ? ["Cluster", "User", ">CPU", ">Memory", ">GPU", ">Priority", "Created", "Started", "Ended"] : [];
        var table = Tables.Create(null, ["Id", "?Kind", "?Workspace", "Phase", ">Pods", "?>Runs", "?>Queue", "?Runtime", ">Age", .. more, "~Message"]);
        foreach (var workload in workloads)
            table.Row([.. Cells(workload, now), .. isWide ? Wide(workload) : [], workload.Message]);
        return table;
    }

    private static Cell[] Cells(ClusterWorkloadItem workload, DateTimeOffset now) =>
    [
        workload.WorkloadId, Cell.Or(workload.GroupVersionKind.Kind), workload.WorkspaceId, Statuses.Render(workload.Phase),
        $"{workload.Resource.Replica}", Cell.Number(workload.DispatchCount),
        workload.SchedulerOrder > 0 ? Cell.Number(workload.SchedulerOrder) : "–", Cell.Or(workload.Runtime), Format.Age(workload.CreationTime, now),
    ];

    private static Cell[] Wide(ClusterWorkloadItem workload) =>
    [
        Cell.Or(workload.ClusterId), Cell.Or(workload.UserName), Cell.Or(workload.Resource.Cpu), Cell.Or(workload.Resource.Memory), Cell.Or(workload.Resource.Gpu),
        Cell.Number(workload.Priority), Format.Time(workload.CreationTime), Format.Time(workload.StartTime), Format.Time(workload.EndTime),
    ];
}
