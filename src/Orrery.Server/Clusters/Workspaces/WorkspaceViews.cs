using Orrery.Contracts.Clusters;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Workspaces;

/// <summary>Workspaces, clusters and nodes as answers, with what is in use from the queues.</summary>
internal sealed class WorkspaceViews(ClusterHost clusters, WorkspaceDirectory workspaces, ClusterRegistry registry)
{
    public WorkspaceView View(Workspace workspace)
    {
        var use = Use(workspace);
        return new WorkspaceView
        {
            WorkspaceId = workspace.Id,
            DisplayName = workspace.DisplayName,
            ClusterId = workspace.ClusterId,
            Group = workspace.Group,
            Quota = Of(workspace.Settings.Quota),
            BorrowingLimit = Of(workspace.Settings.BorrowingLimit),
            QueuePolicy = workspace.Settings.Fifo ? "fifo" : "backfill",
            Preemption = workspace.Settings.Preemption,
            Admins = workspace.Admins,
            Members = workspace.Members,
            Used = Of(use?.Used ?? default),
            Running = use?.Running ?? 0,
            Waiting = use?.Waiting ?? 0,
            CreationTime = WorkloadViews.Time(workspace.CreatedAt),
        };
    }

    /// <summary>Where a cluster is and why it does not answer is for admins.</summary>
    public ClusterView View(ClusterRow row, Principal caller)
    {
        if (clusters.Find(row.Id) is not { } cluster)
        {
            return new ClusterView
            {
                ClusterId = row.Id,
                Backend = row.Backend,
                Server = caller.IsAdmin ? row.Server : "",
                Healthy = false,
                Message = clusters.Absence(row.Id),
                Nodes = 0,
                Capacity = new(),
                Free = new(),
            };
        }
        IReadOnlyList<NodeUse> nodes;
        lock (cluster.State.Gate)
            nodes = [.. cluster.State.Queue.Nodes];
        return new ClusterView
        {
            ClusterId = row.Id,
            Backend = row.Backend,
            Server = caller.IsAdmin ? row.Server : "",
            Healthy = cluster.Sync.InTouch,
            Message = cluster.Sync.InTouch ? string.Join("; ", cluster.Sync.Problems) : OutOfTouch(cluster.Sync, caller),
            Nodes = nodes.Count,
            Capacity = Of(nodes.Aggregate(default(Resources), (sum, node) => sum + node.Spec.Capacity)),
            Free = Of(nodes.Aggregate(default(Resources), (sum, node) => sum + node.Free)),
        };
    }

    private NodeView View(ClusterRuntime cluster, NodeUse node, Principal caller) => new()
    {
        NodeName = node.Spec.Name,
        ClusterId = cluster.Id,
        Ready = cluster.Sync.InTouch && node.Spec.Schedulable,
        Address = node.Spec.Address,
        Labels = node.Spec.Labels,
        Taints = node.Spec.Taints,
        Capacity = Of(node.Spec.Capacity),
        Free = Of(node.Free),
        Pods = [.. node.Jobs.Select(pod => View(cluster, pod.JobId, pod.Rank, pod.Request, caller))],
    };

    private NodePodView View(ClusterRuntime cluster, string jobId, int rank, Resources request, Principal caller)
    {
        var row = cluster.State.Find(jobId)?.Row;
        var shown = row is not null && (row.UserId == caller.UserId || workspaces.Find(row.WorkspaceId)?.MayUse(caller) == true || caller.IsAdmin);
        return new NodePodView(
            shown ? PodSteps.PodId(jobId, row!.Run, rank) : "", shown ? jobId : "", shown ? row!.WorkspaceId : "",
            Quantity.FormatCpu(request.CpuMillis), Quantity.FormatMemory(request.MemoryBytes), request.Gpus.ToString());
    }

    public async Task<ClusterList> Clusters(Principal caller, CancellationToken ct)
    {
        var items = (await registry.All(ct)).Select(cluster => View(cluster, caller)).ToList();
        return new ClusterList(items.Count, items);
    }

    public NodeList Nodes(Principal caller)
    {
        var items = new List<NodeView>();
        foreach (var cluster in clusters.All)
        {
            lock (cluster.State.Gate)
                items.AddRange(cluster.State.Queue.Nodes.Select(node => View(cluster, node, caller)));
        }
        return new NodeList(items.Count, items);
    }

    private static ResourceAmounts Of(Amounts amounts) => new()
    {
        Cpu = amounts.CpuMillis is { } cpu ? Quantity.FormatCpu(cpu) : null,
        Memory = amounts.MemoryBytes is { } memory ? Quantity.FormatMemory(memory) : null,
        Gpu = amounts.Gpus?.ToString(),
    };

    private static ResourceAmounts Of(Resources amount) => new()
    {
        Cpu = Quantity.FormatCpu(amount.CpuMillis),
        Memory = Quantity.FormatMemory(amount.MemoryBytes),
        Gpu = amount.Gpus.ToString(),
    };

    private WorkspaceUse? Use(Workspace workspace)
    {
        if (clusters.Find(workspace.ClusterId) is not { } cluster)
            return null;
        lock (cluster.State.Gate)
            return cluster.State.Queue.Use(workspace.Id);
    }

    private static string OutOfTouch(BackendSync sync, Principal caller)
    {
        if (!sync.IsLost)
            return "it is being looked at for the first time";
        const string Said = "it does not answer; nothing changes there until it does";
        return caller.IsAdmin ? $"{Said}: {sync.LostReason}" : Said;
    }
}
