using System.CommandLine;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Client.Workloads;
using Orrery.Contracts.Workloads;
using Spectre.Console;

namespace Orrery.Cli.Jobs;

internal static class ListCommand
{
    private static readonly Option<string?> Phase = new("--phase") { Description = "Only those in this phase", HelpName = "PHASE" };
    private static readonly Option<string?> Class = new("--class") { Description = "Only those of this class", HelpName = "CLASS" };
    private static readonly Option<string?> Type = new("--type") { Description = "Only those of this type", HelpName = "TYPE" };
    private static readonly Option<string?> Label = new("--label") { Description = "Only those with this label", HelpName = "NAME=VALUE" };
    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many (1–500)", DefaultValueFactory = _ => WorkloadQuery.DefaultPage };
    private static readonly Option<int> Offset = new("--offset") { Description = "Leave out so many of the newest" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("list", "List workloads, newest first") { Phase, Class, Type, Label, Limit, Offset };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var page = await context.Client.Workloads.Page(Query(context.Options), cancellation);
            context.Show(c => Render(c.Terminal.Console, page));
        });
        return command;
    }

    private static WorkloadQuery Query(ParseResult options) => new()
    {
        Phase = options.GetValue(Phase),
        Class = options.GetValue(Class),
        Type = options.GetValue(Type),
        Label = options.GetValue(Label),
        Limit = options.GetValue(Limit),
        Offset = options.GetValue(Offset),
    };

    private static void Render(IAnsiConsole console, WorkloadPage page)
    {
        var table = Tables.Create(null, "Id", "~Name", "?Class", "Phase", "?Mode", ">Stages", "?Created");
        foreach (var workload in page.Data)
        {
            table.Row(
                workload.Id, workload.Name ?? "–", workload.Class, Statuses.Render(workload.Phase), workload.Mode,
                workload.Outcome is { } outcome ? $"{outcome.StagesDone}/{outcome.StagesTotal}" : "–", Format.Time(workload.CreatedAt));
        }
        console.Write(table);
        if (page.HasMore)
            console.WriteLine($"{page.Data.Count} of {page.Total}; more with --offset {page.Offset + page.Data.Count}");
    }
}
