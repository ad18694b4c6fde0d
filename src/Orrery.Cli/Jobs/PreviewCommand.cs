using System.CommandLine;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Jobs;

internal static class PreviewCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = WorkloadBody.FileOption();
        var command = new Command("preview", "Plan a workload and price it, without running it") { file };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var body = await WorkloadBody.Read(context, context.Options.GetRequiredValue(file), cancellation);
            var preview = await context.Client.Workloads.Preview(body, cancellation);
            context.Show(c => PreviewView.Render(c.Terminal.Console, preview));
            return preview.Plan.Feasible ? ExitCodes.Ok : ExitCodes.Infeasible;
        });
        return command;
    }
}
