using Orrery.Cli.Output;
using Orrery.Contracts.Workloads;

namespace Orrery.Cli.Jobs;

internal static class StageTable
{
    /// <summary>Stages in their order; rounds show only where there are several.</summary>
    public static Listing Create(IReadOnlyList<StageView> stages)
    {
        var hasRounds = stages.Any(s => s.Round > 0);
        var table = Tables.Create(null, [">Stage", "Role", .. hasRounds ? [">Round"] : Array.Empty<string>(), "~Place", "Status", ">Attempt", "?Started", "?>Took", "~Note"]);
        foreach (var stage in stages)
        {
            table.Row([
                Cell.Number(stage.Index), stage.Role, .. hasRounds ? [Cell.Number(stage.Round)] : Array.Empty<Cell>(), Place(stage),
                Statuses.Render(stage.Status), Cell.Number(stage.Attempt), Format.Time(stage.StartedAt), Took(stage), Note(stage)]);
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
