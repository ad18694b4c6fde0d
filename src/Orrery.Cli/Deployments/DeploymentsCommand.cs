using System.CommandLine;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Deployments;

internal static class DeploymentsCommand
{
    public static Command Create(Terminal terminal) => new("deployments", "Runs of stages on satellites")
    {
        List(terminal),
        Get(terminal),
        Events(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var (offset, limit) = Paging();
        var command = new Command("list", "List deployments, newest first") { offset, limit };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var options = context.Options;
            var page = await context.Client.Deployments.Page(options.GetValue(offset), options.GetValue(limit), cancellation);
            context.Show(c => DeploymentViews.RenderList(c.Terminal.Console, page));
        });
        return command;
    }

    private static Command Get(Terminal terminal)
    {
        var id = Id();
        var command = new Command("get", "Where a deployment stands") { id };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var deployment = await context.Client.Deployments.Get(context.Options.GetRequiredValue(id), cancellation);
            context.Show(c => DeploymentViews.RenderOne(c.Terminal.Console, deployment));
        });
        return command;
    }

    private static Command Events(Terminal terminal)
    {
        var id = Id();
        var (offset, limit) = Paging();
        var command = new Command("events", "What its agent reported") { id, offset, limit };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var options = context.Options;
            var page = await context.Client.Deployments.Events(
                options.GetRequiredValue(id), options.GetValue(offset), options.GetValue(limit), cancellation);
            context.Show(c => c.Terminal.Console.Write(EventTable.Create(page.Events)));
        });
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "The deployment, like dep-…" };

    private static (Option<int> Offset, Option<int> Limit) Paging() => (
        new("--offset") { Description = "Leave out so many" },
        new("--limit") { Description = "At most so many (1–500)", DefaultValueFactory = _ => 100 });
}
