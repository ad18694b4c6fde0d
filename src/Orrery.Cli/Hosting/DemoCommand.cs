using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Connection;
using Orrery.Cli.Jobs;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Cli.Watching;
using Orrery.Client.Clusters;
using Orrery.Node;
using Orrery.Server.Hosting;
using Spectre.Console;

namespace Orrery.Cli.Hosting;

/// <summary>A server, the documented workload on simulated satellites and two training ranks on this machine, and where to go from there.</summary>
internal static class DemoCommand
{
    /// <summary>Of each rank, from the end.</summary>
    private const int LogLines = 2;

    private static readonly string[] Configuration = ["Planning:SimulatedStart=fleet_epoch", "Logging:LogLevel:Default=Error"];

    public static Command Create(Terminal terminal)
    {
        var server = new ServerOptions();
        var exit = new Option<bool>("--exit") { Description = "End after the run instead of staying up" };
        var command = new Command("demo", "Start a server, run the documented workload on simulated satellites and a two-rank training job here, and stay up") { exit };
        server.AddTo(command);
        command.Runs(terminal, async (context, cancellation) =>
        {
            var settings = server.Read(context.Options, terminal);
            settings = settings with { Configuration = [.. Configuration, .. settings.Configuration] };
            var ends = context.Options.GetValue(exit);
            bool isIdle;
            int exitCode;
            await using (var running = await Start(context, settings, cancellation))
            {
                exitCode = await Run(context, cancellation);
                if (!ends)
                {
                    Heading(terminal.Console, "It stays up");
                    terminal.Console.Write(Tables.Facts([.. UpCommand.Places(running), ("try", "orrery jobs list   orrery cluster list")]));
                    await running.WaitForShutdown(cancellation);
                }
                isIdle = ends && await IsIdle(context, cancellation);
            }
            if (isIdle)
                await NodeProcess.Stop(settings.DataFolder, cancellation: cancellation); // it outlives servers, for what still runs
            return exitCode;
        });
        return command;
    }

    /// <summary>No pod runs or is to run: the data folder may have had others' before the demo.</summary>
    private static async Task<bool> IsIdle(CommandContext context, CancellationToken cancellation)
    {
        var open = new ClusterWorkloadQuery { Phase = string.Join(',', ClusterPhases.Pending, ClusterPhases.Running, ClusterPhases.Updating, ClusterPhases.NotReady), Limit = 1 };
        return (await context.Client.Clusters.Workloads.Page(open, cancellation)).TotalCount == 0;
    }

    private static async Task<RunningServer> Start(CommandContext context, ServerSettings settings, CancellationToken cancellation)
    {
        Heading(context.Terminal.Console, "Orrery");
        var running = await RunningServer.Start(settings, cancellation);
        context.Server = new ServerLocator(running.Address, running.Folder.Key());
        try
        {
            if (!await context.Client.IsReady(cancellation))
                throw new CommandException(ExitCodes.Unreachable, "the server started, but is not ready to take work.");
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
        return running;
    }

    /// <returns>The exit code of the workload's end.</returns>
    private static async Task<int> Run(CommandContext context, CancellationToken cancellation)
    {
        var console = context.Terminal.Console;
        var fleet = await DemoWorkload.Fleet(context.Client, cancellation);
        var body = DemoWorkload.Create(fleet.NewestEpoch);
        console.MarkupLineInterpolated($"{fleet.Satellites} satellites, elements of {Format.Time(fleet.NewestEpoch)}: the mission starts then.");

        Heading(console, "Preview: the plan and its price");
        var preview = await context.Client.Workloads.Preview(body, cancellation);
        PreviewView.Render(console, preview);
        if (!preview.Plan.Feasible)
            return ExitCodes.Infeasible;

        Heading(console, "Run");
        using var program = DemoProgram.ForPods();
        var training = await StartTraining(context, program, cancellation);
        var submitted = await context.Client.Workloads.Submit(body, cancellation: cancellation);
        var exitCode = await Watcher.Run(context, submitted.Id, cancellation);

        var stages = await context.Client.Workloads.Stages(submitted.Id, cancellation);
        console.Write(StageTable.Create(stages.Stages));
        return training is null || exitCode != ExitCodes.Ok ? exitCode : await ShowTraining(context, training, cancellation);
    }

    /// <returns>Its id; null when it cannot run here, which is said.</returns>
    private static async Task<string?> StartTraining(CommandContext context, DemoProgram program, CancellationToken cancellation)
    {
        if (program.Problem is { } problem)
        {
            context.Terminal.Console.MarkupLineInterpolated($"[yellow]Without the training job:[/] {problem}.");
            return null;
        }
        var created = await context.Client.Clusters.Workloads.Create(DemoTraining.Create(program.Path), cancellation: cancellation);
        context.Terminal.Console.MarkupLineInterpolated($"Two ranks train on this machine meanwhile: [bold]{created.WorkloadId}[/]");
        return created.WorkloadId;
    }

    /// <returns>The exit code of the training's end.</returns>
    private static async Task<int> ShowTraining(CommandContext context, string id, CancellationToken cancellation)
    {
        var console = context.Terminal.Console;
        Heading(console, "Meanwhile on this machine: two ranks, one network");
        var view = await context.Client.Clusters.Workloads.Watch(id, cancellation: cancellation).LastAsync(cancellation);
        foreach (var pod in PodNumbers.Newest(view))
        {
            var log = await context.Client.Clusters.Pods.Logs(id, pod.PodId, cancellation: cancellation);
            foreach (var line in log.Logs.Count > LogLines ? [log.Logs[0], "…", .. log.Logs.TakeLast(LogLines)] : log.Logs)
                await context.Terminal.Output.WriteLineAsync(line);
        }
        console.MarkupLineInterpolated($"{id}: [bold]{view.Phase}[/] {view.Message}");
        return view.Phase == ClusterPhases.Succeeded ? ExitCodes.Ok : ExitCodes.WorkloadFailed;
    }

    private static void Heading(IAnsiConsole console, string text)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold]{text.EscapeMarkup()}[/]") { Justification = Justify.Left, Style = new Style(Color.Grey) });
    }
}
