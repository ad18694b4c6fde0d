using System.CommandLine;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Jobs;

internal static class CancelCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = JobsCommand.Id();
        var command = new Command("cancel", "Stop a workload; what is queued or in flight is dropped") { id };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var answer = await context.Client.Workloads.Cancel(context.Options.GetRequiredValue(id), cancellation);
            context.Show(c => c.Terminal.Output.WriteLine($"{answer.Id} {answer.Status}"));
        });
        return command;
    }
}
