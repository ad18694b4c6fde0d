using System.CommandLine;
using Orrery.Cli.Clusters.Logs;
using Orrery.Cli.Clusters.Shell;
using Orrery.Cli.Clusters.Workspaces;

namespace Orrery.Cli.Clusters;

internal static class ClusterCommand
{
    public static Command Create(Terminal terminal) => new("cluster", "Run workloads on clusters: training jobs, services, development machines")
    {
        CreateCommand.Create(terminal),
        PreviewCommand.Create(terminal),
        ListCommand.Create(terminal),
        GetCommand.Create(terminal),
        DescribeCommand.Create(terminal),
        LogsCommand.Create(terminal),
        ShellCommand.Create(terminal),
        UpdateCommand.Create(terminal),
        BatchCommands.Stop(terminal),
        BatchCommands.Delete(terminal),
        BatchCommands.Clone(terminal),
        WorkspacesCommand.Create(terminal),
        NodesCommand.Create(terminal),
        ClustersCommand.Create(terminal),
    };

    public static Argument<string> Id() => new("id") { Description = "The workload's id, or the beginning of it" };

    public static Argument<string[]> Ids() => new("ids") { Description = "Workloads: ids, or beginnings of them", Arity = ArgumentArity.OneOrMore };
}
