namespace Orrery.Planning.Verification.Checks;

/// <summary>Each stage does its work in its segments, no faster than its bus in the light that there is.</summary>
internal static class ComputeCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan) => plan.Pending
        .SelectMany(stage => OfStage(stage).Concat(plan.Satellite(stage) is { } satellite ? OfBus(stage, satellite) : []));

    private static IEnumerable<PlanViolation> OfStage(PlannedStage stage)
    {
        if (!InOrder(stage))
            yield return new(ViolationCodes.SegmentsWrong, $"Stage {stage.Index}: the segments do not follow one another from its start to its end.");
        var seconds = stage.Segments.Sum(segment => segment.Start.SecondsTo(segment.End));
        if (stage.DurationS is { } duration)
        {
            if (seconds < duration - (Tolerance.OrderS * (1 + stage.Segments.Count)))
                yield return new(ViolationCodes.DurationMismatch, $"Stage {stage.Index} computes for {seconds} s of its {duration} s.");
            yield break;
        }

        var tflop = stage.Segments.Sum(segment => segment.Tflop);
        if (!Tolerance.Equal(tflop, stage.ComputeTflop))
            yield return new(ViolationCodes.ComputeMismatch, $"Stage {stage.Index} computes {tflop} of its {stage.ComputeTflop} TFLOP.");
    }

    private static bool InOrder(PlannedStage stage)
    {
        var time = stage.Start;
        foreach (var segment in stage.Segments)
        {
            if (segment.Start.SecondsTo(time) > Tolerance.OrderS || segment.Start.SecondsTo(segment.End) < 0)
                return false;
            time = segment.End;
        }

        return Math.Abs(time.SecondsTo(stage.End)) <= Tolerance.OrderS;
    }

    private static IEnumerable<PlanViolation> OfBus(PlannedStage stage, ObservedSatellite satellite)
    {
        foreach (var segment in stage.Segments)
        {
            var rate = segment.InUmbra ? satellite.Bus.TflopsUmbra : satellite.Bus.TflopsSun;
            var seconds = segment.Start.SecondsTo(segment.End);
            if (segment.Tflop > (rate * (seconds + Tolerance.OrderS)) * (1 + Tolerance.Amount))
                yield return new(ViolationCodes.ComputeTooFast, $"Stage {stage.Index} does {segment.Tflop} TFLOP in {seconds} s; {satellite.Id} can do {rate} a second.");
            if (seconds > 2 * Tolerance.EdgeS && Times(segment).Any(time => satellite.InUmbra(time) != segment.InUmbra))
                yield return new(ViolationCodes.LightWrong, $"Stage {stage.Index}: {satellite.Id} is not {(segment.InUmbra ? "in umbra" : "in sunlight")} from {segment.Start:O} to {segment.End:O}.");
        }
    }

    private static IEnumerable<DateTimeOffset> Times(ComputeSegment segment) =>
        Sampling.Points(segment.Start.AddSeconds(Tolerance.EdgeS), segment.End.AddSeconds(-Tolerance.EdgeS));
}
