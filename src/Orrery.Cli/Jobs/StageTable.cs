using Orrery.Cli.Output;
using Orrery.Contracts.Workloads;
using Spectre.Console;

namespace Orrery.Cli.Jobs;

internal static class StageTable
{
    /// <summary>Stages in their order; rounds show only where there are several.</summary>
    public static Table Create(IReadOnlyList<StageView> stages)
    {
        var hasRounds = stages.Any(s => s.Round > 0);
        var table = Tables.Create(null, [">Stage", "Role", .. hasRounds ? [">Round"] : Array.Empty<string>(), "Place", "Status", ">Attempt", "Started", ">Took", "Note"]);
        foreach (var stage in stages)
        {
            table.Rendered([
                $"{stage.Index}".Cell(), stage.Role.Cell(), .. hasRounds ? [$"{stage.Round}".Cell()] : Array.Empty<Markup>(), Place(stage).Cell(),
                Statuses.Render(stage.Status), $"{stage.Attempt}".Cell(), Format.Time(stage.StartedAt).Cell(), Took(stage).Cell(), Note(stage).Cell()]);
        }
        return table;
    }

    public static string Place(StageView stage) => stage switch
    {
        { SatelliteName: { } name, Satellite: { } id } => $"{name} · {id}",
        { Satellite: { } id } => id,
        { Location: "ground" } => "ground",
        _ => "–",
    };

    public static string Note(StageView stage) => stage.Error ?? stage.Reason ?? "";

    private static string Took(StageView stage) =>
        stage is { StartedAt: { } start, FinishedAt: { } end } ? Format.Duration((end - start).TotalSeconds) : "–";
}
