using System.CommandLine;
using Orrery.Cli.Clusters.Logs;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Runtime;
using Orrery.Client.Clusters;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Shell;

/// <summary>A terminal in a running pod; this one is as it was when it ends.</summary>
internal static class ShellCommand
{
    private static readonly Option<string?> Shell = CreateShell();

    public static Command Create(Terminal terminal)
    {
        var id = ClusterCommand.Id();
        var command = new Command("shell", "Open a terminal in a running pod (default: the first one)") { id, PodSelection.Rank, PodSelection.Pod, Shell };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var whole = await WorkloadIds.Resolve(context, context.Options.GetRequiredValue(id), cancellation);
            var workload = await context.Client.Clusters.Workloads.Get(whole, cancellation);
            var pod = Pod(context.Options, workload);
            var (columns, rows) = terminal.Shell.Size;
            var options = new ShellOptions { Shell = await Name(context, whole, pod.PodId, cancellation), Columns = columns, Rows = rows };
            await using var session = await context.Client.Clusters.Pods.OpenShell(whole, pod.PodId, options, cancellation);
            await Show(terminal.Shell, session, cancellation);
            if (session.CloseReason is { Length: > 0 } reason)
                await terminal.Error.WriteLineAsync(reason);
        });
        return command;
    }

    private static async Task Show(IShellConsole console, ShellSession session, CancellationToken cancellation)
    {
        using var raw = console.IsTerminal ? console.EnterRawMode() : null;
        try
        {
            await ShellPump.Run(console, session, cancellation);
        }
        catch (IOException e)
        {
            throw new CommandException(ExitCodes.Unreachable, e.Message);
        }
    }

    private static PodView Pod(ParseResult options, ClusterWorkloadView workload)
    {
        var pods = options.GetValue(PodSelection.Pod) is { } id
            ? [.. workload.Pods.Where(p => p.PodId == id)]
            : PodNumbers.Newest(workload).Where(p => options.GetValue(PodSelection.Rank) is not { } rank || PodNumbers.Rank(workload, p) == rank).ToList();
        return pods.Find(p => p.Phase == ClusterPhases.Running)
            ?? throw new CommandException(
                ExitCodes.NotFound,
                pods.Count > 0 ? $"{pods[0].PodId} is {pods[0].Phase}: a terminal needs a running pod." : $"{workload.WorkloadId} has no such pod ({workload.Phase}).");
    }

    /// <summary>The one that was asked for, or the first that the pod has.</summary>
    private static async Task<string?> Name(CommandContext context, string id, string podId, CancellationToken cancellation)
    {
        if (context.Options.GetValue(Shell) is { } name)
            return name;
        var shells = (await context.Client.Clusters.Pods.Containers(id, podId, cancellation)).Shells;
        return shells.Count > 0 ? shells[0] : null;
    }

    private static Option<string?> CreateShell()
    {
        var option = new Option<string?>("--shell") { Description = "bash, sh, zsh … (default: the first that is there)", HelpName = "SHELL" };
        option.CompletionSources.Add("bash", "sh", "zsh");
        return option;
    }
}
