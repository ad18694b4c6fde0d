using Orrery.Contracts.Workloads;

namespace Orrery.Cli.Watching;

/// <summary>Which of many stages a screen shows: those at work, and their neighbours.</summary>
internal static class StageRows
{
    private const int MaxRows = 16;

    public static IEnumerable<StageView> Select(IReadOnlyList<StageView> stages) =>
        stages.Count <= MaxRows ? stages : stages.OrderBy(Interest).ThenBy(s => s.Index).Take(MaxRows).OrderBy(s => s.Index);

    /// <summary>Like <c>40 stages: 3 running, 37 pending</c>; null when all are shown.</summary>
    public static string? Summary(IReadOnlyList<StageView> stages) =>
        stages.Count <= MaxRows
            ? null
            : $"{stages.Count} stages: {string.Join(", ", stages.GroupBy(s => s.Status).Select(g => $"{g.Count()} {g.Key}"))}";

    private static int Interest(StageView stage) => stage.Status switch
    {
        "failed" => 0,
        "running" => 1,
        "dispatched" => 2,
        "pending" => 3,
        _ => 4,
    };
}
