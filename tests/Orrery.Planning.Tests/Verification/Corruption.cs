namespace Orrery.Planning.Tests.Verification;

/// <summary>Plans with one part changed.</summary>
internal static class Corruption
{
    public static Plan Leg(this Plan plan, int index, Func<PlannedTransfer, PlannedTransfer> change) =>
        plan with { Transfers = [.. plan.Transfers.Select((leg, i) => i == index ? change(leg) : leg)] };

    public static Plan Stage(this Plan plan, int index, Func<PlannedStage, PlannedStage> change) =>
        plan with { Stages = [.. plan.Stages.Select((stage, i) => i == index ? change(stage) : stage)] };

    /// <summary>Changes the first segment of a stage.</summary>
    public static Plan Segment(this Plan plan, int stage, Func<ComputeSegment, ComputeSegment> change) =>
        plan.Stage(stage, whole => whole with { Segments = [change(whole.Segments[0]), .. whole.Segments.Skip(1)] });

    public static PlannedTransfer Shift(this PlannedTransfer leg, double seconds) =>
        leg with { Start = leg.Start.AddSeconds(seconds), End = leg.End.AddSeconds(seconds) };

    public static PlannedStage Shift(this PlannedStage stage, double seconds) => stage with
    {
        Start = stage.Start.AddSeconds(seconds),
        End = stage.End.AddSeconds(seconds),
        Segments = [.. stage.Segments.Select(s => s with { Start = s.Start.AddSeconds(seconds), End = s.End.AddSeconds(seconds) })],
    };
}
