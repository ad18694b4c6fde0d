using System.Text.Json;
using Orrery.Cli.Clusters.Views;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Client.Clusters;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters;

/// <summary>A line for each change of one or several workloads, until all have ended.</summary>
internal static class PhaseWatch
{
    /// <returns>Ok when all have succeeded.</returns>
    public static async Task<int> Run(CommandContext context, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var turn = new Lock();
        var ends = await Task.WhenAll(ids.Select(id => Follow(context, id, turn, cancellation)));
        return ends.All(phase => phase == ClusterPhases.Succeeded) ? ExitCodes.Ok : ExitCodes.WorkloadFailed;
    }

    private static async Task<string> Follow(CommandContext context, string id, Lock turn, CancellationToken cancellation)
    {
        var phase = "";
        var said = "";
        await foreach (var view in context.Client.Clusters.Workloads.Watch(id, cancellation: cancellation))
        {
            phase = view.Phase;
            var line = Line(context, view);
            if (line == said)
                continue;
            said = line;
            var time = Format.Clock(context.Terminal.Clock.GetUtcNow());
            lock (turn)
                Write(context, view, line, time);
        }
        return phase;
    }

    private static void Write(CommandContext context, ClusterWorkloadView view, string line, string time)
    {
        var output = context.Terminal.Output;
        switch (context.Format())
        {
            case OutputFormat.Json:
                output.WriteLine(line);
                break;
            case OutputFormat.Yaml:
                YamlOutput.Write(output, line);
                break;
            case OutputFormat.Name:
                output.WriteLine(view.WorkloadId);
                break;
            default:
                output.WriteLine($"{time}  {line}");
                break;
        }
    }

    private static string Line(CommandContext context, ClusterWorkloadView view)
    {
        if (context.Format() is OutputFormat.Json or OutputFormat.Yaml)
            return JsonSerializer.Serialize(view, ClusterJson.Default.ClusterWorkloadView);
        var words = new List<string> { view.WorkloadId, view.Phase };
        if (view.DispatchCount > 1)
            words.Add($"run {view.DispatchCount}");
        if (view.Message.Length > 0)
            words.Add(view.Message);
        if (view.HasEnded())
            words.AddRange(PodNumbers.Newest(view).Select(ContainerText.Exit).Where(text => text.Length > 0));
        return string.Join("  ", words);
    }
}
