using System.CommandLine;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Jobs;

internal static class GetCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = JobsCommand.Id();
        var command = new Command("get", "Where a workload stands") { id };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var workload = await context.Client.Workloads.Get(context.Options.GetRequiredValue(id), cancellation);
            context.Show(c => WorkloadPanel.Render(c.Terminal.Console, workload));
        });
        return command;
    }
}
