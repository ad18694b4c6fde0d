using Orrery.Cli.Output;
using Orrery.Contracts.Workloads;
using Spectre.Console;

namespace Orrery.Cli.Jobs;

/// <summary>A plan before it runs: the verdict, the price, and how it would go.</summary>
internal static class PreviewView
{
    public static void Render(IAnsiConsole console, PreviewResponse preview)
    {
        if (console.Profile.Capabilities.Interactive)
            console.Write(Framed(preview));
        else
            console.Write(Verdict(preview));
        if (preview.Plan.Feasible)
            PlanTables.Render(console, preview.Plan);
        Notes(console, preview.Plan);
    }

    private static Panel Framed(PreviewResponse preview) => new(Verdict(preview))
    {
        Header = new PanelHeader($" {preview.Kind.Replace('_', '-').EscapeMarkup()} "),
        Border = BoxBorder.Rounded,
        BorderStyle = new Style(preview.Plan.Feasible ? Color.Green : Color.Red),
        Padding = new Padding(1, 0),
    };

    private static Rows Verdict(PreviewResponse preview)
    {
        var plan = preview.Plan;
        if (!plan.Feasible)
        {
            var reasons = plan.Reasons.Select(reason => $"[red]{reason.Code.EscapeMarkup()}[/]  {Reasons.Text(reason).EscapeMarkup()}");
            return new Rows(reasons.Prepend("[red bold]✗ infeasible[/]").Select(line => new Markup(line)));
        }
        return new Rows(
            new Markup($"[green bold]✓ feasible[/]  {Summary(preview).EscapeMarkup()}"),
            new Markup($"[bold]{Price(preview.CostEstimate).EscapeMarkup()}[/]"),
            Tables.Facts([
                ("makespan", $"{Format.Duration(plan.MakespanS)}{LowerBound(plan)}"),
                .. plan.QualityTier is { } tier ? [("quality tier", tier)] : Array.Empty<(string, string)>(),
                ("bottleneck", plan.Bottleneck ?? "–"),
                ("fingerprint", plan.Fingerprint)]));
    }

    private static string Summary(PreviewResponse preview) =>
        $"{preview.Plan.Stages} {(preview.Plan.Stages == 1 ? "stage" : "stages")}, {preview.Candidates} " +
        $"{(preview.Candidates == 1 ? "candidate" : "candidates")}, {(preview.Plan.IslBound ? "ISL-bound" : "not ISL-bound")}, {preview.Mode}";

    private static string Price(CostView cost) =>
        $"{cost.Ocu:N0} OCU · {cost.Cents:N0} cents  ({cost.Stages} × {cost.PerStageOcu} OCU at {cost.PricePerOcuCents} cents)";

    private static string LowerBound(PlanView plan) =>
        plan.LowerBoundS is { } bound ? $"  (lower bound {Format.Duration(bound)}{(plan.Gap is { } gap ? $", gap {gap:0.0%}" : "")})" : "";

    private static void Notes(IAnsiConsole console, PlanView plan)
    {
        foreach (var note in plan.Notes)
            console.MarkupLine($"[grey]• {note.EscapeMarkup()}[/]");
    }
}
