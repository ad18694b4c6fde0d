using System.CommandLine;
using System.Text.Json;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Clusters;

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
            foreach (var workload in await WorkloadInput.Read(context, cancellation))
            {
                var preview = await context.Client.Clusters.Workloads.Preview(JsonSerializer.SerializeToElement(workload), cancellation: cancellation);
                areValid &= preview.Valid;
                var name = workload["displayName"]?.ToString() ?? "workload";
                context.Show([name], _ => Render(context.Terminal.Output, name, preview));
            }
            return areValid ? ExitCodes.Ok : ExitCodes.BadInput;
        });
        return command.WithExamples(Examples);
    }

    private static void Render(TextWriter output, string name, ClusterPreviewResponse preview)
    {
        output.WriteLine(preview switch
        {
            { Valid: false } => $"{name}: invalid",
            { Wait: null } => $"{name}: valid, starts at once on {string.Join(", ", preview.Nodes)}",
            { Wait: { } wait } => $"{name}: valid, waits for {wait.Code}: {wait.Message}",
        });
        foreach (var (field, messages) in preview.Errors)
        {
            foreach (var message in messages)
                output.WriteLine($"  {field}: {message}");
        }
        if (preview.Wait is { } queued)
        {
            if (queued.Order > 0)
                output.WriteLine($"  in queue: place {queued.Order}{(queued.Ahead.Count > 0 ? $", behind {string.Join(", ", queued.Ahead)}" : "")}");
            output.WriteLine($"  expected start: {(preview.ExpectedStart.Length > 0 ? preview.ExpectedStart : "not known")}");
        }
        foreach (var warning in preview.Warnings)
            output.WriteLine($"  warning: {warning}");
    }
}
