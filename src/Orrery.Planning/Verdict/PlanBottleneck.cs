namespace Orrery.Planning.Verdict;

/// <summary>The longest single part of a plan: of computing, of sending or of waiting.</summary>
internal static class PlanBottleneck
{
    public static string Compute(int stage) => $"compute of stage {stage}";

    /// <summary>The name of the longest part; null when nothing takes time.</summary>
    /// <param name="stages">The stages that the plan runs.</param>
    /// <param name="transfers">Their transfers.</param>
    /// <param name="start">When the plan starts.</param>
    public static string? Of(IReadOnlyList<PlannedStage> stages, IReadOnlyList<PlannedTransfer> transfers, DateTimeOffset start)
    {
        var parts = new List<(string Name, double Seconds)>();
        var ends = stages.ToDictionary(stage => stage.Index, stage => stage.End);
        foreach (var stage in stages)
        {
            var computing = stage.Segments.Sum(segment => (segment.End - segment.Start).TotalSeconds);
            parts.Add((Compute(stage.Index), computing));
            parts.Add(($"stage {stage.Index} (waiting for power or for a booking to end)", (stage.End - stage.Start).TotalSeconds - computing));
        }

        foreach (var legs in transfers.GroupBy(transfer => (transfer.FromStage, transfer.ToStage)))
        {
            var name = legs.Key switch
            {
                (null, { } to) => $"upload to {to}",
                ({ } from, null) => $"download from {from}",
                var (from, to) => $"transfer {from}→{to}",
            };
            var ready = legs.Key.FromStage is { } source && ends.TryGetValue(source, out var end) ? end : start;
            var sending = legs.Sum(leg => (leg.End - leg.Start).TotalSeconds);
            parts.Add((name, sending));
            parts.Add(($"{name} (waiting for contact)", (legs.Max(leg => leg.End) - (ready > start ? ready : start)).TotalSeconds - sending));
        }

        return parts.Where(part => part.Seconds > 0).OrderByDescending(part => Math.Round(part.Seconds, 3)).Select(part => part.Name).FirstOrDefault();
    }
}
