using System.CommandLine;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Clusters.Logs;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Runtime;
using Orrery.Client.Clusters;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Shell;

/// <summary>A terminal in a running pod, or one command there; the terminal here is as it was when it ends.</summary>
internal static class ShellCommand
{
    private const string Examples = """
        orrery cluster shell train-x5k2p --rank 1
        orrery cluster shell train-x5k2p -- nvidia-smi     # one command; its exit code is this one's
        orrery cluster shell web-7hq2c -- tar -c data > data.tar
        """;

    private static readonly Option<string?> Shell = CreateShell();
    private static readonly Option<bool> NoTerminal = new("--no-tty", "-T") { Description = "Plain pipes instead of a terminal (the default where input or output is no terminal)" };

    private static readonly Argument<string[]> Words = new("cmd") { Description = "After --: a command to run instead of a shell", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create(Terminal terminal)
    {
        var id = ClusterCommand.Id();
        var command = new Command("shell", "Open a terminal in a running pod, or run one command there (default: the first pod)")
        {
            id, Words, PodSelection.Rank, PodSelection.Pod, Shell, NoTerminal,
        };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var whole = await WorkloadIds.Resolve(context, context.Options.GetRequiredValue(id), cancellation);
            var workload = await context.Client.Clusters.Workloads.Get(whole, cancellation);
            var pod = Pod(context.Options, workload);
            var options = await Wanted(context, whole, pod.PodId, cancellation);
            await using var session = await context.Client.Clusters.Pods.OpenShell(whole, pod.PodId, options, cancellation);
            await Show(terminal.Shell, options, session, cancellation);
            if (session.ExitCode is { } code)
                return code;
            await terminal.Error.WriteLineAsync($"error: {session.CloseReason ?? "the connection was closed"}");
            return ExitCodes.Unreachable;
        });
        return command.WithExamples(Examples);
    }

    private static async Task<ShellOptions> Wanted(CommandContext context, string id, string podId, CancellationToken cancellation)
    {
        var words = context.Options.GetValue(Words) ?? [];
        var console = context.Terminal.Shell;
        var (columns, rows) = console.Size;
        return new ShellOptions
        {
            Shell = await Name(context, id, podId, cancellation),
            Command = words.Length > 0 ? ShellText.Quoted(words) : null,
            HasTerminal = console.IsTerminal && !context.Options.GetValue(NoTerminal),
            Columns = columns,
            Rows = rows,
        };
    }

    private static async Task Show(IShellConsole console, ShellOptions options, ShellSession session, CancellationToken cancellation)
    {
        using var raw = options.HasTerminal ? console.EnterRawMode() : null;
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
        var option = new Option<string?>("--shell") { Description = "bash, sh or zsh (default: the first that is there)", HelpName = "SHELL" };
        option.CompletionSources.Add("bash", "sh", "zsh");
        return option;
    }
}
