using System.Text.Json;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Tests;

/// <summary>What a server answers about cluster workloads, as text.</summary>
internal static class ClusterAnswers
{
    public const string Id = "train-bcdfg";

    public static ClusterWorkloadView View(string phase = "Running") => new()
    {
        WorkloadId = Id,
        WorkspaceId = "default",
        ClusterId = "local",
        DisplayName = "train",
        UserName = "ada",
        Phase = phase,
        Resource = new() { Replica = 2, Cpu = "1", Memory = "1Gi", Gpu = "0" },
        GroupVersionKind = new() { Version = "v1", Kind = "PyTorchJob" },
        CreationTime = "2026-03-07T12:00:00",
        Runtime = "5s",
        DispatchCount = 2,
        MaxRetry = 3,
        EntryPoint = "ZWNobyBoaQ==",
        Pods = [Pod(1, 0, "Failed", 3), Pod(2, 0, phase), Pod(2, 1, phase)],
        Conditions = [new("K8sRunning", "True", "run_2_times", "all ranks run", "2026-03-07T12:00:05")],
    };

    public static PodView Pod(int run, int rank, string phase, int exitCode = 0) => new()
    {
        PodId = $"{Id}-{run}-{rank}",
        Rank = $"{rank}",
        Phase = phase,
        AdminNodeName = "node-1",
        PodIp = "10.77.0.2",
        EndTime = phase is "Running" or "Pending" ? "" : "2026-03-07T12:00:09",
        Containers = [new("main", exitCode == 0 ? "" : "Error", "", exitCode)],
    };

    public static string Json(ClusterWorkloadView view) => JsonSerializer.Serialize(view, ClusterJson.Default.ClusterWorkloadView);

    public static string Page(params string[] ids) => JsonSerializer.Serialize(
        new ClusterWorkloadPage(ids.Length, [.. ids.Select(id => new ClusterWorkloadItem { WorkloadId = id, Phase = "Running", CreationTime = "2026-03-07T12:00:00" })]), ClusterJson.Default.ClusterWorkloadPage);

    public static string Log(params string[] lines) =>
        JsonSerializer.Serialize(new PodLogResponse(Id, "p", "default", lines), ClusterJson.Default.PodLogResponse);
}
