using System.CommandLine;
using Orrery.Cli.Runtime;
using Orrery.Cli.Watching;

namespace Orrery.Cli.Jobs;

internal static class WatchCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = JobsCommand.Id();
        var command = new Command("watch", "Follow a workload to its end; the exit code says how it ended") { id };
        command.Runs(terminal, (context, cancellation) => Watcher.Run(context, context.Options.GetRequiredValue(id), cancellation));
        return command;
    }
}
