using Orrery.Cli.Clusters.Input;
using Orrery.Contracts.Clusters;
using Orrery.Contracts.Runs;

namespace Orrery.Cli.Hosting;

/// <summary>Two ranks on this machine that train one network together: the program is Orrery's own.</summary>
internal static class DemoTraining
{
    private const int Epochs = 20;

    /// <param name="program">Where pods find <c>orrery.dll</c>.</param>
    public static CreateWorkloadRequest Create(string program) => new()
    {
        DisplayName = "demo-training",
        WorkspaceId = "default",
        GroupVersionKind = new GroupVersionKind { Version = "v1", Kind = WorkloadKinds.PyTorchJob },
        Resource = new WorkloadResource { Replica = 2, Cpu = "500m", Memory = "512Mi" },
        MaxRetry = 2,
        Timeout = 600,
        EntryPoint = ShellText.Encoded($"exec {ShellText.Quoted([Environment.ProcessPath!, program, "example", "allreduce", "--epochs", $"{Epochs}"])}"),
    };
}
