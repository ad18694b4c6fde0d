using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters;

internal static class DescribeCommand
{
    private const int LastEvents = 15;

    public static Command Create(Terminal terminal)
    {
        var id = ClusterCommand.Id();
        var command = new Command("describe", "Everything about a workload: state, why it waits, pods, conditions, events") { id, OutputOption.Option };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var whole = await WorkloadIds.Resolve(context, context.Options.GetRequiredValue(id), cancellation);
            var workload = await context.Client.Clusters.Workloads.Get(whole, cancellation);
            if (context.Format() is OutputFormat.Json or OutputFormat.Yaml or OutputFormat.Name)
                context.Show([workload.WorkloadId], _ => { });
            else
                DescribeView.Render(context.Terminal.Console, workload, await Events(context, workload.WorkloadId, cancellation));
        });
        return command;
    }

    private static async Task<IReadOnlyList<ClusterEventView>> Events(CommandContext context, string id, CancellationToken cancellation)
    {
        var events = new List<ClusterEventView>();
        ClusterEventFeed feed;
        var after = 0L;
        do
        {
            feed = await context.Client.Clusters.Workloads.Events(id, after, cancellation: cancellation);
            after = feed.LastSeq;
            events.AddRange(feed.Events);
            events.RemoveRange(0, Math.Max(0, events.Count - LastEvents));
        }
        while (feed.HasMore && feed.Events.Count > 0);
        return events;
    }
}
