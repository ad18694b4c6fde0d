using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters;

internal static class GetCommand
{
    private static readonly Option<bool> Watch = new("--watch", "-w") { Description = "Follow it to its end; the exit code says whether it succeeded" };

    public static Command Create(Terminal terminal)
    {
        var id = ClusterCommand.Id();
        var command = new Command("get", "Where a workload stands; -o yaml shows all of it") { id, Watch, OutputOption.Option };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var whole = await WorkloadIds.Resolve(context, context.Options.GetRequiredValue(id), cancellation);
            if (context.Options.GetValue(Watch))
                return await PhaseWatch.Run(context, [whole], cancellation);
            var workload = await context.Client.Clusters.Workloads.Get(whole, cancellation);
            context.Show([workload.WorkloadId], isWide => context.Terminal.Console.Write(WorkloadTable.Create([workload], isWide)));
            return ExitCodes.Ok;
        });
        return command;
    }
}
