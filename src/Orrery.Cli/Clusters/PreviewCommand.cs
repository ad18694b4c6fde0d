using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters;

internal static class PreviewCommand
{
    private const string Examples = "orrery cluster preview --file workload.yaml\norrery cluster preview --name train --replicas 4 --cpu 8 --memory 32Gi --command true";

    public static Command Create(Terminal terminal)
    {
        var command = new Command("preview", "Say what create would do, without doing it: whether it is valid, where it fits, when it would start") { OutputOption.Option };
        WorkloadFlags.AddTo(command);
        command.Runs(terminal, async (context, cancellation) =>
        {
            var areValid = true;
            var earlier = new HashSet<string>();
            foreach (var workload in await WorkloadInput.Read(context, cancellation))
            {
                var first = TakeDependencies(workload, earlier);
                await DependencyIds.Resolve(context, workload, new Dictionary<string, string>(), cancellation);
                var preview = await context.Client.Clusters.Workloads.Preview(JsonSerializer.SerializeToElement(workload), cancellation: cancellation);
                areValid &= preview.Valid;
                var name = DependencyIds.NameOf(workload) ?? "workload";
                context.Show([name], _ => PreviewText.Write(context.Terminal.Output, name, workload, first, preview));
                earlier.Add(name);
            }
            return areValid ? ExitCodes.Ok : ExitCodes.BadInput;
        });
        return command.WithExamples(Examples);
    }

    /// <summary>Takes out of a workload's dependencies those that the same file would make before it; the server does not know them yet.</summary>
    private static List<string> TakeDependencies(JsonObject workload, HashSet<string> earlier)
    {
        if (workload["dependencies"] is not JsonArray dependencies)
            return [];
        var inside = dependencies.OfType<JsonValue>().Where(d => d.TryGetValue<string>(out var text) && earlier.Contains(text)).ToList();
        foreach (var dependency in inside)
            dependencies.Remove(dependency);
        return [.. inside.Select(d => d.GetValue<string>())];
    }
}
