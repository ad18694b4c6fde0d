using Orrery.Cli.Clusters.Input;
using Orrery.Contracts.Clusters;
using Orrery.Contracts.Runs;

namespace Orrery.Cli.Hosting;

/// <summary>Two ranks on this machine that train one network together: the program is Orrery's own.</summary>
internal static class DemoTraining
{
    private const int Epochs = 20;

    private const UnixFileMode ReadByAll = UnixFileMode.OtherRead;
    private const UnixFileMode PassedByAll = UnixFileMode.OtherExecute;

    /// <summary>The program that both ranks run.</summary>
    private static string Program => Path.Combine(AppContext.BaseDirectory, "orrery.dll");

    public static CreateWorkloadRequest Create() => new()
    {
        DisplayName = "demo-training",
        WorkspaceId = "default",
        GroupVersionKind = new GroupVersionKind { Version = "v1", Kind = WorkloadKinds.PyTorchJob },
        Resource = new WorkloadResource { Replica = 2, Cpu = "500m", Memory = "512Mi" },
        MaxRetry = 2,
        Timeout = 600,
        EntryPoint = ShellText.Encoded($"exec {ShellText.Quoted([Environment.ProcessPath!, Program, "example", "allreduce", "--epochs", $"{Epochs}"])}"),
    };

    /// <summary>Why its pods could not run here; null: they can.</summary>
    /// <remarks>Pods have a /tmp of their own; started by root, they are users of their own, who do not read what only root may.</remarks>
    public static string? Problem() =>
        Program.Split('/') is ["", "tmp", ..] ? "pods have a /tmp of their own, and Orrery's program is in this one" :
        !Environment.IsPrivilegedProcess ? null : new[] { Environment.ProcessPath!, Program }.Select(Unreachable).FirstOrDefault(path => path is not null) is { } path
            ? $"pods are users of their own, and only root may read {path}"
            : null;

    /// <summary>The first part of a path that others may not use.</summary>
    private static string? Unreachable(string path)
    {
        var real = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        if (!File.GetUnixFileMode(real).HasFlag(ReadByAll))
            return real;
        for (var folder = Path.GetDirectoryName(real); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!File.GetUnixFileMode(folder).HasFlag(PassedByAll))
                return folder;
        }
        return null;
    }
}
