using System.CommandLine;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Cli.Watching;
using Orrery.Contracts.Workloads;
using Spectre.Console;

namespace Orrery.Cli.Jobs;

internal static class SubmitCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = WorkloadBody.FileOption();
        var watch = new Option<bool>("--watch", "-w") { Description = "Follow it to its end" };
        var key = new Option<string?>("--idempotency-key") { Description = "Run it once however often this is repeated (24 h)", HelpName = "TEXT" };
        var command = new Command("submit", "Run a workload") { file, watch, key };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var body = await WorkloadBody.Read(context, context.Options.GetRequiredValue(file), cancellation);
            var submitted = await context.Client.Workloads.Submit(body, context.Options.GetValue(key), cancellation);
            context.Show(c => Render(c, submitted));
            return context.Options.GetValue(watch) ? await Watcher.Run(context, submitted.Id, cancellation) : ExitCodes.Ok;
        });
        return command;
    }

    private static void Render(CommandContext context, SubmitResponse submitted)
    {
        context.Terminal.Console.Write(Tables.Facts(
            ("id", submitted.Id), ("status", submitted.Status), ("mode", submitted.Mode), ("status_url", submitted.StatusUrl)));
        if (context.Terminal.IsInteractive)
            context.Terminal.Console.WriteLine($"Follow it: orrery jobs watch {submitted.Id}");
    }
}
