using System.CommandLine;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Jobs;

internal static class StagesCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = JobsCommand.Id();
        var command = new Command("stages", "Which satellite runs each stage, and how far it is") { id };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var answer = await context.Client.Workloads.Stages(context.Options.GetRequiredValue(id), cancellation);
            context.Show(c => c.Terminal.Console.Write(StageTable.Create(answer.Stages)));
        });
        return command;
    }
}
