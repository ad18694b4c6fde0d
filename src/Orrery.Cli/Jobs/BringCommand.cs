using System.CommandLine;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Jobs;

internal static class BringCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<FileInfo>("file") { Description = "Any file" };
        var command = new Command("bring", "Bring a file for programs; its contentId goes into program.inputs") { file };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var path = context.Options.GetRequiredValue(file);
            if (!path.Exists)
                throw new CommandException(ExitCodes.BadInput, $"There is no file {path.FullName}.");
            var kept = await context.Client.Workloads.Bring(path, cancellation);
            context.Show(c => c.Terminal.Console.Write(Tables.Facts(("contentId", kept.ContentId), ("size", Format.Bytes(kept.SizeBytes)))));
        });
        return command;
    }
}
