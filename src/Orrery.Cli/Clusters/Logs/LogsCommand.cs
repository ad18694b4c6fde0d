using System.CommandLine;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Client.Clusters;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Logs;

internal static class LogsCommand
{
    private const string Examples = """
        orrery cluster logs train -f            # all ranks of the newest run, and of those that follow
        orrery cluster logs train --rank 1 --tail 50
        orrery cluster logs train --all         # earlier runs too
        """;

    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on as lines are written, until it has ended" };
    private static readonly Option<int?> Tail = new("--tail") { Description = "The last so many lines of each pod (default 1000)", HelpName = "N" };
    private static readonly Option<long?> Since = DurationText.Option("--since", "Only what is at most so old");

    public static Command Create(Terminal terminal)
    {
        var id = ClusterCommand.Id();
        var command = new Command("logs", "What a workload's pods print") { id, Follow, PodSelection.Rank, PodSelection.Pod, PodSelection.All, Tail, Since };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var whole = await WorkloadIds.Resolve(context, context.Options.GetRequiredValue(id), cancellation);
            var query = new LogQuery { TailLines = context.Options.GetValue(Tail), SinceSeconds = context.Options.GetValue(Since) };
            if (context.Options.GetValue(Follow))
                return await new LogFollowing(context, whole, query).Run(cancellation);
            var workload = await context.Client.Clusters.Workloads.Get(whole, cancellation);
            return await Print(context, workload, query, cancellation);
        });
        return command.WithExamples(Examples);
    }

    private static async Task<int> Print(CommandContext context, ClusterWorkloadView workload, LogQuery query, CancellationToken cancellation)
    {
        var pods = PodSelection.Of(context.Options, workload);
        if (pods.Count == 0)
        {
            await context.Terminal.Error.WriteLineAsync($"{workload.WorkloadId} has no such pod ({workload.Phase}{(workload.Message.Length > 0 ? $": {workload.Message}" : "")}).");
            return ExitCodes.NotFound;
        }
        foreach (var pod in pods)
        {
            var log = await context.Client.Clusters.Pods.Logs(workload.WorkloadId, pod.PodId, query, cancellation);
            if (context.IsJson)
            {
                JsonOutput.Write(context.Terminal.Output, context.LastAnswer);
                continue;
            }
            var prefix = pods.Count > 1 ? PodSelection.Prefix(context.Options, workload, pod) : "";
            foreach (var line in log.Logs)
                await context.Terminal.Output.WriteLineAsync(prefix + line);
        }
        return ExitCodes.Ok;
    }
}
