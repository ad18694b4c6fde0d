using System.CommandLine;
using Orrery.Cli.Runtime;
using Orrery.Server.Hosting;

namespace Orrery.Cli.Hosting;

internal static class RestoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var server = new ServerOptions();
        var file = new Argument<string>("file") { Description = "A file that backup wrote" };
        var command = new Command("restore", "Bring back what a backup holds; the server must be down") { file };
        server.AddTo(command);
        command.Runs(terminal, async (context, cancellation) =>
        {
            var path = context.Options.GetRequiredValue(file);
            try
            {
                await Backup.Restore(server.Read(context.Options, terminal), path, cancellation);
            }
            catch (InvalidOperationException e)
            {
                throw new CommandException(ExitCodes.BadInput, e.Message);
            }

            await terminal.Output.WriteLineAsync($"restored from {path}");
        });
        return command;
    }
}
