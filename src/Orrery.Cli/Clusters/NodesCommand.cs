using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters;

internal static class NodesCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("nodes", "Nodes, what is free on them and what runs there") { OutputOption.Option };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var nodes = await context.Client.Clusters.Nodes(cancellation);
            context.Show(nodes.Items.Select(n => n.NodeName), isWide => context.Terminal.Console.Write(Render(nodes.Items, isWide)));
        });
        return command;
    }

    private static Listing Render(IReadOnlyList<NodeView> nodes, bool isWide)
    {
        string[] more = isWide ? ["Address", "Labels", "Taints"] : [];
        var table = Tables.Create(null, ["Node", "?Cluster", "Ready", "CPU free", "Memory free", "?GPU free", ">Pods", .. more, isWide ? "Running pods" : "~Workloads"]);
        foreach (var node in nodes)
        {
            string[] wide = isWide ? [node.Address, string.Join(' ', node.Labels.Select(l => $"{l.Key}={l.Value}")), string.Join(' ', node.Taints)] : [];
            table.Row([
                node.NodeName, node.ClusterId, node.Ready ? "yes" : "no", AmountText.FreeOf(node.Free.Cpu, node.Capacity.Cpu),
                AmountText.FreeOf(node.Free.Memory, node.Capacity.Memory), AmountText.FreeOf(node.Free.Gpu, node.Capacity.Gpu), $"{node.Pods.Count}", .. wide,
                string.Join(' ', node.Pods.Select(p => isWide ? p.PodId : p.WorkloadId).Where(t => t.Length > 0).Distinct())]);
        }
        return table;
    }
}
