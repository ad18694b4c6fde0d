using System.CommandLine;
using Orrery.Cli.Connection;
using Orrery.Cli.Runtime;
using Orrery.Node;
using Orrery.Node.Hosting;
using Spectre.Console;

namespace Orrery.Cli.Hosting;

/// <summary>The process that owns the pods of this machine. The server starts it; it is seldom typed.</summary>
internal static class NodeCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = new Option<string?>("--data") { Description = "The data folder (else ORRERY_DATA, ./data)", HelpName = "DIR" };
        var set = new Option<string[]>("--set") { Description = "A setting of the node; may be repeated", HelpName = "Name=value" };
        var command = new Command("node", "Run the pods of cluster workloads on this machine (the server starts it by itself)") { data, set };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var folder = DataFolder.Of(terminal, context.Options.GetValue(data)).Path;
            try
            {
                await using var host = await NodeHost.Start(folder, NodeOptions.Parse(context.Options.GetValue(set) ?? []));
                await host.WaitForShutdown(cancellation);
            }
            catch (Exception e) when (e is NodeException or FormatException)
            {
                throw new CommandException(ExitCodes.BadInput, e.Message);
            }
        });
        command.Subcommands.Add(Stop(terminal));
        return command;
    }

    private static Command Stop(Terminal terminal)
    {
        var data = new Option<string?>("--data") { Description = "The data folder (else ORRERY_DATA, ./data)", HelpName = "DIR" };
        var command = new Command("stop", "End every pod of this machine and the process that owns them; stop the server first") { data };
        command.Runs(terminal, async (context, cancellation) =>
        {
            try
            {
                var ended = await NodeProcess.Stop(DataFolder.Of(terminal, context.Options.GetValue(data)).Path, cancellation: cancellation);
                terminal.Console.WriteLine($"{ended} workloads ended; the node process is gone.");
            }
            catch (NodeException e)
            {
                throw new CommandException(ExitCodes.Unreachable, e.Message);
            }
        });
        return command;
    }
}
