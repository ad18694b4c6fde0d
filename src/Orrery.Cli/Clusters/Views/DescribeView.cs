using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Output;
using Orrery.Contracts.Clusters;
using Spectre.Console;

namespace Orrery.Cli.Clusters.Views;

/// <summary>One workload on one screen.</summary>
internal static class DescribeView
{
    private const int CommandLines = 12;

    public static void Render(IAnsiConsole console, ClusterWorkloadView workload, IReadOnlyList<ClusterEventView> events)
    {
        Card.Write(console, workload.WorkloadId, workload.Phase, [.. StateFacts.Of(workload), .. SpecFacts.Of(workload)]);
        Command(console, workload.EntryPoint);
        Pods(console, workload);
        Conditions(console, workload);
        Events(console, events);
    }

    private static void Command(IAnsiConsole console, string entryPoint)
    {
        if (entryPoint.Length == 0 || ShellText.Decoded(entryPoint) is not { } source)
            return;
        var lines = source.TrimEnd('\n').Split('\n');
        foreach (var line in lines.Take(CommandLines))
            console.MarkupLine($"[grey]$[/] {line.EscapeMarkup()}");
        if (lines.Length > CommandLines)
            console.MarkupLine($"[grey]… {lines.Length - CommandLines} more lines; -o yaml of get has them all[/]");
    }

    private static void Pods(IAnsiConsole console, ClusterWorkloadView workload)
    {
        if (workload.Pods.Count == 0)
            return;
        var table = Tables.Create("Pods", "?>Run", ">Rank", "Pod", "Phase", "~Exit", ">Restarts", "?Node", "?Address", "?Started", "?Ended");
        foreach (var pod in PodNumbers.Sorted(workload))
        {
            table.Row(
                Cell.Number(PodNumbers.Run(workload, pod)), PodNumbers.Rank(workload, pod), pod.PodId, Statuses.Render(pod.Phase),
                ContainerText.Code(pod), Cell.Number(pod.Restarts), Cell.Or(pod.AdminNodeName), Cell.Or(pod.PodIp), Format.Time(pod.StartTime), Format.Time(pod.EndTime));
        }
        console.Write(table);
    }

    private static void Conditions(IAnsiConsole console, ClusterWorkloadView workload)
    {
        if (workload.Conditions.Count == 0)
            return;
        var table = Tables.Create("Conditions", "Time", "Type", "Reason", "~Message");
        foreach (var condition in workload.Conditions)
            table.Row(Format.Time(condition.LastTransitionTime), condition.Type, condition.Reason, condition.Message);
        console.Write(table);
    }

    private static void Events(IAnsiConsole console, IReadOnlyList<ClusterEventView> events)
    {
        if (events.Count == 0)
            return;
        var table = Tables.Create("Last events", "?>Seq", "Time", "Event", "?By", "~Details");
        foreach (var happened in events)
            table.Row($"{happened.Seq}", Format.Time(happened.Time), happened.Type.Split('.')[^1], happened.Actor, PayloadText.Of(happened.Payload));
        console.Write(table);
    }
}
