namespace Orrery.Planning.Verification.Checks;

/// <summary>While a satellite computes its battery keeps the reserve and its payload stays cool enough.</summary>
internal static class PowerCheck
{
    private const double IdleStepS = 10;
    private const double ComputeStepS = 1;

    public static IEnumerable<PlanViolation> Violations(PlanCase plan) => plan.Plan.Stages.Where(stage => plan.Satellite(stage) is not null)
        .GroupBy(stage => stage.SatelliteId!.Value)
        .SelectMany(stages => OfSatellite(plan, plan.Satellite($"{stages.Key}")!, [.. stages.SelectMany(stage => Loads(stage, plan)).OrderBy(load => load.Start)]));

    /// <summary>The payload draws power in proportion to what it does of what it could do.</summary>
    private static IEnumerable<Load> Loads(PlannedStage stage, PlanCase plan)
    {
        var bus = plan.Satellite(stage)!.Bus;
        var whole = stage.Segments.Sum(segment => segment.Start.SecondsTo(segment.End));
        return stage.Segments.Select(segment => new Load(segment.Start, segment.End, Math.Min(1, stage.DurationS is { } duration
            ? duration / whole
            : segment.Tflop / (segment.Start.SecondsTo(segment.End) * (segment.InUmbra ? bus.TflopsUmbra : bus.TflopsSun)))));
    }

    private static IEnumerable<PlanViolation> OfSatellite(PlanCase plan, ObservedSatellite satellite, List<Load> loads)
    {
        var state = new PowerState(satellite, plan.Spec.StartAt);
        var (leastWh, hottestC) = (double.MaxValue, double.MinValue);
        foreach (var load in loads)
        {
            while (state.Time < load.Start)
                state.Step(Math.Min(IdleStepS, state.Time.SecondsTo(load.Start)), share: 0);
            while (state.Time < load.End)
            {
                state.Step(Math.Min(ComputeStepS, state.Time.SecondsTo(load.End)), load.Share);
                leastWh = Math.Min(leastWh, state.ChargeWh);
                hottestC = Math.Max(hottestC, state.TemperatureC);
            }
        }

        var bus = satellite.Bus;
        var reserve = bus.BatteryWh * bus.BatteryReserveFraction;
        if (leastWh < reserve - (Tolerance.Charge * bus.BatteryWh))
            yield return new(ViolationCodes.ReserveTouched, $"{satellite.Id} computes down to {leastWh:0.00} Wh; its reserve is {reserve:0.00} Wh.");
        if (hottestC > bus.ThermalLimitC + Tolerance.HeatK)
            yield return new(ViolationCodes.TooHot, $"{satellite.Id} heats up to {hottestC:0.0} °C; its limit is {bus.ThermalLimitC} °C.");
    }

    /// <summary>A time of computing at a share of the full rate.</summary>
    private readonly record struct Load(DateTimeOffset Start, DateTimeOffset End, double Share);
}
