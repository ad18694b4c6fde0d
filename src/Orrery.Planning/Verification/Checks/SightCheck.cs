using Orrery.Orbits;

namespace Orrery.Planning.Verification.Checks;

/// <summary>The ends of a leg see each other from the first bit to the last.</summary>
internal static class SightCheck
{
    public static IEnumerable<PlanViolation> Violations(PlanCase plan) => plan.PendingLegs.SelectMany(leg => leg.Kind switch
    {
        TransferKind.InterSatellite => leg.OrbitEnds(plan) is var (from, to) ? InOrbit(plan, leg, from, to) : [],
        TransferKind.Terrestrial => [],
        _ => leg.GroundEnds(plan) is var (satellite, station) ? OverGround(plan, leg, satellite, station) : [],
    });

    private static IEnumerable<PlanViolation> InOrbit(PlanCase plan, PlannedTransfer leg, ObservedSatellite from, ObservedSatellite to)
    {
        var limits = plan.Input.Fleet.Configuration.InterSatelliteLink;
        var (farthest, lowest) = (0.0, double.MaxValue);
        foreach (var time in Times(leg))
        {
            var (a, b) = (from.Position(time), to.Position(time));
            farthest = Math.Max(farthest, (b - a).Length);
            lowest = Math.Min(lowest, LeastRadius(a, b));
        }

        if (farthest > limits.MaxRangeKm)
            yield return new(ViolationCodes.OutOfRange, $"{leg.Text()} spans {farthest:0.0} km; the limit is {limits.MaxRangeKm} km.");
        if (lowest < Wgs84.EquatorialRadiusKm + limits.ClearanceKm)
            yield return new(ViolationCodes.NoLineOfSight, $"{leg.Text()} passes {lowest - Wgs84.EquatorialRadiusKm:0.0} km over the Earth; {limits.ClearanceKm} km must be clear.");
    }

    private static IEnumerable<PlanViolation> OverGround(PlanCase plan, PlannedTransfer leg, ObservedSatellite satellite, GroundStation station)
    {
        var site = station.Site;
        var least = Math.Max(station.ElevationMaskDeg, plan.Spec.MinElevationDeg);
        var lowest = double.RadiansToDegrees(Times(leg).Min(time => site.Elevation(satellite.EarthFixed(time))));
        if (lowest < least - Tolerance.ElevationDeg)
            yield return new(ViolationCodes.BelowElevation, $"{leg.Text()} goes down to {lowest:0.000}° of elevation; {least}° is the least.");
    }

    private static IEnumerable<DateTimeOffset> Times(PlannedTransfer leg) =>
        Sampling.Points(leg.Start.AddSeconds(Tolerance.EdgeS), leg.SendEnd().AddSeconds(-Tolerance.EdgeS));

    /// <summary>Least distance of the straight line between two positions from the Earth's centre, km.</summary>
    private static double LeastRadius(in Vector3d a, in Vector3d b)
    {
        var line = b - a;
        var along = Math.Clamp(-Vector3d.Dot(a, line) / Vector3d.Dot(line, line), 0, 1);
        return (a + (along * line)).Length;
    }
}
