using Orrery.Planning.Expansion;

namespace Orrery.Planning.Verdict;

/// <summary>The plan of a single stage on the ground: it runs at once and is not charged.</summary>
internal static class GroundPlan
{
    public static Plan Of(WorkSpec spec, StageSpec stage, PlanningOptions options)
    {
        var seconds = stage.DurationS ?? (stage.ComputeTflop / options.GroundTflops);
        var end = spec.StartAt.AddSeconds(seconds);
        var plan = new Plan
        {
            Feasible = true,
            StartAt = spec.StartAt,
            MakespanS = seconds,
            LowerBoundS = seconds,
            Bottleneck = PlanBottleneck.Compute(0),
            Price = options.Tariff.For(0),
            Notes = [.. StageDuration.Notes(spec, options), $"A stage on the ground counts as {options.GroundTflops:0.###} TFLOP/s."],
            Stages =
            [
                new()
                {
                    Index = 0,
                    Role = stage.Role,
                    Location = StageLocation.Ground,
                    Layers = stage.Layers,
                    ComputeTflop = stage.ComputeTflop,
                    DurationS = stage.DurationS,
                    MemoryMb = stage.MemoryMb,
                    Start = spec.StartAt,
                    End = end,
                    Segments = [new(spec.StartAt, end, stage.DurationS is null ? stage.ComputeTflop : 0, false)],
                },
            ],
        };
        plan = Infeasible.PastDeadline(plan, spec);
        return plan with { Fingerprint = PlanFingerprint.Of(plan) };
    }
}
