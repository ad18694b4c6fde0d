using System.CommandLine;
using Orrery.Cli.Runtime;
using Orrery.Server.Hosting;

namespace Orrery.Cli.Hosting;

internal static class BackupCommand
{
    public static Command Create(Terminal terminal)
    {
        var server = new ServerOptions();
        var file = new Argument<string>("file") { Description = "The file to write" };
        var command = new Command("backup", "Write everything the server holds into one file") { file };
        server.AddTo(command);
        command.Runs(terminal, async (context, cancellation) =>
        {
            var path = context.Options.GetRequiredValue(file);
            try
            {
                await Backup.Create(server.Read(context.Options, terminal), path, cancellation);
            }
            catch (InvalidOperationException e)
            {
                throw new CommandException(ExitCodes.BadInput, e.Message);
            }

            await terminal.Output.WriteLineAsync($"written to {path}");
        });
        return command;
    }
}
