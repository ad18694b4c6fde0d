namespace Orrery.Planning.Verification.Checks;

/// <summary>While a satellite computes its battery keeps the reserve and its payload stays cool enough.</summary>
internal static class PowerCheck
{
    private const double IdleStepS = 10;
    private const double ComputeStepS = 1;

    public static IEnumerable<PlanViolation> Violations(PlanCase plan) => plan.Plan.Stages.Where(stage => plan.Satellite(stage) is not null)
        .GroupBy(stage => stage.SatelliteId!.Value)
        .SelectMany(stages => OfSatellite(plan, plan.Satellite($"{stages.Key}")!, [.. stages.SelectMany(stage => stage.Segments).OrderBy(s => s.Start)]));

    private static IEnumerable<PlanViolation> OfSatellite(PlanCase plan, ObservedSatellite satellite, List<ComputeSegment> segments)
    {
        var state = new PowerState(satellite, plan.Spec.StartAt);
        var (leastWh, hottestC) = (double.MaxValue, double.MinValue);
        foreach (var segment in segments)
        {
            while (state.Time < segment.Start)
                state.Step(Math.Min(IdleStepS, state.Time.SecondsTo(segment.Start)), computing: false);
            while (state.Time < segment.End)
            {
                state.Step(Math.Min(ComputeStepS, state.Time.SecondsTo(segment.End)), computing: true);
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
}
