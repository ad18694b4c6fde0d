using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters;

internal static class ClustersCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("clusters", "Clusters, whether they are well and what is free") { OutputOption.Option };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var clusters = await context.Client.Clusters.List(cancellation);
            context.Show(clusters.Items.Select(c => c.ClusterId), _ =>
            {
                var table = Tables.Create(null, "Cluster", "?Backend", "Healthy", ">Nodes", "~Free", "?Capacity", "~Message");
                foreach (var cluster in clusters.Items)
                {
                    table.Row(
                        cluster.ClusterId, cluster.Backend, cluster.Healthy ? "yes" : "no", $"{cluster.Nodes}", AmountText.Of(cluster.Free, "–"),
                        AmountText.Of(cluster.Capacity, "–"), cluster.Message);
                }
                context.Terminal.Console.Write(table);
            });
        });
        return command;
    }
}
