using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Client.Clusters;

namespace Orrery.Cli.Clusters;

internal static class ListCommand
{
    private static readonly Option<string?> Workspace = new("--workspace", "-n") { Description = "Only of this workspace", HelpName = "ID" };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "Only on this cluster", HelpName = "ID" };
    private static readonly Option<string?> Phase = new("--phase") { Description = "Only in these phases, separated by commas", HelpName = "PHASE,…" };
    private static readonly Option<string?> Kind = new("--kind", "-k") { Description = "Only of these kinds, separated by commas", HelpName = "KIND,…" };
    private static readonly Option<string?> UserId = new("--user-id") { Description = "Only of this user", HelpName = "ID" };
    private static readonly Option<string?> User = new("--user") { Description = "Only of users whose name has this in it", HelpName = "TEXT" };
    private static readonly Option<string?> Description = new("--description") { Description = "Only with this in the description", HelpName = "TEXT" };
    private static readonly Option<string?> Id = new("--id") { Description = "Only with this in the id", HelpName = "TEXT" };
    private static readonly Option<string?> Since = new("--since") { Description = "Created then or later, like 2026-01-02T15:04:05Z", HelpName = "TIME" };
    private static readonly Option<string?> Until = new("--until") { Description = "Created then or earlier", HelpName = "TIME" };
    private static readonly Option<string?> Sort = new("--sort-by") { Description = "Any member, like create_time (default), priority, phase", HelpName = "MEMBER" };
    private static readonly Option<string?> Order = CreateOrder();
    private static readonly Option<int> Limit = new("--limit") { Description = "At most so many (1–10,000)", DefaultValueFactory = _ => ClusterWorkloadQuery.DefaultPage };
    private static readonly Option<int> Offset = new("--offset") { Description = "Leave out so many of the first" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("list", "List workloads, newest first")
        {
            Workspace, Cluster, Phase, Kind, UserId, User, Description, Id, Since, Until, Sort, Order, Limit, Offset, OutputOption.Option,
        };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var query = Query(context.Options);
            var page = await context.Client.Clusters.Workloads.Page(query, cancellation);
            context.Show(page.Items.Select(w => w.WorkloadId), isWide =>
            {
                context.Terminal.Console.Write(WorkloadTable.Create(page.Items, isWide, context.Terminal.Clock.GetUtcNow()));
                if (query.Offset + page.Items.Count < page.TotalCount)
                    context.Terminal.Output.WriteLine($"{page.Items.Count} of {page.TotalCount}; more with --offset {query.Offset + page.Items.Count}");
            });
        });
        return command;
    }

    private static ClusterWorkloadQuery Query(ParseResult options) => new()
    {
        WorkspaceId = options.GetValue(Workspace),
        ClusterId = options.GetValue(Cluster),
        Phase = options.GetValue(Phase),
        Kind = options.GetValue(Kind),
        UserId = options.GetValue(UserId),
        UserName = options.GetValue(User),
        Description = options.GetValue(Description),
        WorkloadId = options.GetValue(Id),
        Since = options.GetValue(Since),
        Until = options.GetValue(Until),
        SortBy = options.GetValue(Sort),
        Order = options.GetValue(Order),
        Limit = options.GetValue(Limit),
        Offset = options.GetValue(Offset),
    };

    private static Option<string?> CreateOrder()
    {
        var option = new Option<string?>("--order") { Description = "desc (default) or asc", HelpName = "desc|asc" };
        option.AcceptOnlyFromAmong("desc", "asc");
        return option;
    }
}
