using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters;

internal static class GetCommand
{
    private const string Examples = """
        orrery cluster get train-x5k2p --watch              # follow it to its end
        orrery cluster get train-x5k2p -o json | jq .pods
        orrery cluster get train-x5k2p --spec > again.yaml  # and: orrery cluster create --file again.yaml
        """;

    private static readonly Option<bool> Watch = new("--watch", "-w") { Description = "Follow it to its end; the exit code says whether it succeeded" };
    private static readonly Option<bool> Spec = new("--spec") { Description = "Only what was asked for, as the file (YAML, or -o json) that create makes it again from" };

    public static Command Create(Terminal terminal)
    {
        var id = ClusterCommand.Id();
        var command = new Command("get", "Where a workload stands; -o yaml shows all of it") { id, Watch, Spec, OutputOption.Option };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var whole = await WorkloadIds.Resolve(context, context.Options.GetRequiredValue(id), cancellation);
            if (context.Options.GetValue(Watch))
                return await PhaseWatch.Run(context, [whole], cancellation);
            var workload = await context.Client.Clusters.Workloads.Get(whole, cancellation);
            if (context.Options.GetValue(Spec))
                WriteSpec(context);
            else
                context.Show([workload.WorkloadId], isWide => context.Terminal.Console.Write(WorkloadTable.Create([workload], isWide, context.Terminal.Clock.GetUtcNow())));
            return ExitCodes.Ok;
        });
        return command.WithExamples(Examples);
    }

    private static void WriteSpec(CommandContext context)
    {
        var spec = SpecDocument.Of(context.LastAnswer);
        if (context.Format() == OutputFormat.Json)
            JsonOutput.Write(context.Terminal.Output, spec);
        else
            YamlOutput.Write(context.Terminal.Output, spec);
    }
}
