using System.CommandLine;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters;

internal static class ClustersCommand
{
    private const string StandardInput = "-";
    private const string Examples = "kubectl config view --flatten --minify --raw | orrery cluster clusters add edge --kubeconfig -";

    private static readonly Option<string> Kubeconfig = new("--kubeconfig")
    {
        Description = "File with inline certificates or a token, as kubectl config view --flatten --minify --raw writes it; - reads it from standard input",
        Required = true,
    };

    private static readonly Option<string?> Context = new("--context") { Description = "Context of the kubeconfig; default: its current one" };

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
        command.Add(Put(terminal, "add", "Register a Kubernetes cluster (admins)", "registered", (context, id, body, cancellation) => context.Client.Clusters.Register(body with { ClusterId = id }, cancellation)));
        command.Add(Put(terminal, "replace", "Reach a registered cluster with another kubeconfig (admins)", "is reached with the new kubeconfig", (context, id, body, cancellation) => context.Client.Clusters.Replace(id, body, cancellation)));
        command.Add(Remove(terminal));
        return command;
    }

    private static Command Put(Terminal terminal, string name, string description, string done, Func<CommandContext, string, ClusterRequest, CancellationToken, Task<ClusterView>> send)
    {
        var id = Id();
        var command = new Command(name, description) { id, Kubeconfig, Context };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var body = new ClusterRequest { Kubeconfig = await Read(context, cancellation), Context = context.Options.GetValue(Context) };
            var cluster = await send(context, context.Options.GetRequiredValue(id), body, cancellation);
            await context.Terminal.Output.WriteLineAsync($"{cluster.ClusterId} {done}");
        });
        return command.WithExamples(Examples.Replace(" add ", $" {name} ", StringComparison.Ordinal));
    }

    private static Command Remove(Terminal terminal)
    {
        var id = Id();
        var command = new Command("remove", "Forget a registered cluster that has no workspaces (admins)") { id };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var cluster = context.Options.GetRequiredValue(id);
            await context.Client.Clusters.Remove(cluster, cancellation);
            await context.Terminal.Output.WriteLineAsync($"{cluster} removed");
        });
        return command;
    }

    private static async Task<string> Read(CommandContext context, CancellationToken cancellation)
    {
        var path = context.Options.GetRequiredValue(Kubeconfig);
        try
        {
            return path == StandardInput ? await context.Terminal.Input.ReadToEndAsync(cancellation) : await File.ReadAllTextAsync(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"--kubeconfig: {e.Message}");
        }
    }

    private static Argument<string> Id() => new("id") { Description = "The cluster" };
}
