using Orrery.Cli.Output;
using Orrery.Contracts.Workloads;
using Spectre.Console;

namespace Orrery.Cli.Jobs;

/// <summary>Partition, timeline and transfers of a plan.</summary>
internal static class PlanTables
{
    private const string Ground = "ground";

    public static void Render(IAnsiConsole console, PlanView plan)
    {
        Partition(console, plan);
        Timeline(console, plan);
        Transfers(console, plan);
        Coverage(console, plan);
    }

    private static void Partition(IAnsiConsole console, PlanView plan)
    {
        if (plan.Partition.Count == 0)
            return;
        var table = Tables.Create("Partition", ">Stage", "Role", "?>Round", "Satellite", "~Layers", ">TFLOP", ">Out");
        foreach (var part in plan.Partition)
        {
            table.Row(
                $"{part.Stage}", Cell.Or(part.Role), $"{part.Round}", part.Satellite ?? Ground, string.Join(", ", part.Layers.Select(Layer)),
                $"{part.ComputeTflop:0.##}", Format.Megabytes(part.ActivationOutMb));
        }
        console.Write(table);
    }

    private static void Timeline(IAnsiConsole console, PlanView plan)
    {
        if (plan.Timeline.Count == 0)
            return;
        var start = plan.Timeline.Min(t => t.Start);
        var table = Tables.Create("Timeline", ">Stage", "Satellite", "Start", "End", ">Runs", ">After");
        foreach (var run in plan.Timeline)
        {
            table.Row(
                $"{run.Stage}", run.Satellite ?? Ground, Format.Time(run.Start), Format.Time(run.End),
                Format.Duration((run.End - run.Start).TotalSeconds), Format.Duration((run.Start - start).TotalSeconds));
        }
        console.Write(table);
    }

    private static void Transfers(IAnsiConsole console, PlanView plan)
    {
        if (plan.Transfers.Count == 0)
            return;
        var table = Tables.Create("Transfers", "From", "To", "~Route", ">Size", "Start", ">Takes", "?Contact");
        foreach (var move in plan.Transfers)
        {
            table.Row(
                move.From, move.To, string.Join(" → ", move.Route), Format.Megabytes(move.Mb), Format.Time(move.Start),
                Format.Duration((move.End - move.Start).TotalSeconds), move.Contact);
        }
        console.Write(table);
    }

    private static void Coverage(IAnsiConsole console, PlanView plan)
    {
        if (plan.Coverage is not { Count: > 0 } coverage)
            return;
        var table = Tables.Create("Coverage", ">Stage", "Satellite", ">Share", "Seen", "On the ground", ">Covered");
        foreach (var tile in coverage)
            table.Row($"{tile.Stage}", tile.Satellite, $"{tile.Share:P1}", Format.Time(tile.SeenAt), Format.Time(tile.DeliveredAt), $"{tile.Covered:P1}");
        console.Write(table);
    }

    private static string Layer(LayerShareView layer) => layer.Fraction < 1 ? $"{layer.Name} ({layer.Fraction:P0})" : layer.Name;
}
