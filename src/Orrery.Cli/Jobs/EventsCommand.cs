using System.CommandLine;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Spectre.Console;

namespace Orrery.Cli.Jobs;

internal static class EventsCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = JobsCommand.Id();
        var after = new Option<long>("--after-seq") { Description = "Only events after this one" };
        var limit = new Option<int?>("--limit") { Description = "At most so many" };
        var command = new Command("events", "Everything that happened to a workload") { id, after, limit };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var options = context.Options;
            var feed = await context.Client.Workloads.Events(
                options.GetRequiredValue(id), options.GetValue(after), options.GetValue(limit), cancellation);
            context.Show(c =>
            {
                c.Terminal.Console.Write(EventTable.Create(feed.Events));
                if (feed.HasMore)
                    c.Terminal.Console.WriteLine($"More with --after-seq {feed.LastSeq}");
            });
        });
        return command;
    }
}
