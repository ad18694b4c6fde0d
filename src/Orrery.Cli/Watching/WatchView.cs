using Orrery.Cli.Jobs;
using Orrery.Cli.Output;
using Orrery.Client.Workloads;
using Orrery.Contracts.Workloads;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orrery.Cli.Watching;

/// <summary>One frame of the live display.</summary>
internal static class WatchView
{
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    public static IRenderable Create(WatchState state, int frame) =>
        new Rows(new Markup(Heading(state)), Stages(state, frame), new Markup(Footer(state)));

    private static string Heading(WatchState state) => state.Workload is { } workload
        ? $"[bold]{WorkloadPanel.Title(workload).EscapeMarkup()}[/]  {Statuses.Text(workload.Phase)}  [grey]{workload.Class.EscapeMarkup()}, {workload.Mode.EscapeMarkup()}[/]"
        : "";

    private static Listing Stages(WatchState state, int frame)
    {
        var table = Tables.Create(null, ">Stage", "Role", "~Place", "Status", "?>Attempt", "~Now");
        foreach (var stage in StageRows.Select(state.Stages))
        {
            table.Row(
                Cell.Number(stage.Index), Role(stage), StageTable.Place(stage), Status(stage, frame), Cell.Number(stage.Attempt), Now(state, stage));
        }
        return table;
    }

    private static string Role(StageView stage) => stage.Round > 0 ? $"{stage.Role} (round {stage.Round})" : stage.Role;

    private static Cell Status(StageView stage, int frame) => stage.Status == "running"
        ? new Cell("running", new Style(Color.DeepSkyBlue1), Spinner[frame % Spinner.Length])
        : Statuses.Render(stage.Status);

    private static string Now(WatchState state, StageView stage) => stage.Status switch
    {
        "running" or "dispatched" when state.LastOf(stage) is { } happened => EventPhrase.Now(happened),
        _ => StageTable.Note(stage),
    };

    private static string Footer(WatchState state)
    {
        var words = new List<string>();
        if (StageRows.Summary(state.Stages) is { } summary)
            words.Add(summary);
        if (state.MissionTime is { } time)
            words.Add($"mission time {Format.Time(time)}");
        if (state is { MissionTime: { } now, PlannedEnd: { } end } && state.Workload?.HasEnded() == false)
            words.Add(end > now ? $"{Format.Duration((end - now).TotalSeconds)} left by plan" : "past its planned end");
        words.Add($"{state.EventCount} events");
        return $"[grey]{string.Join(" · ", words).EscapeMarkup()}[/]";
    }
}
