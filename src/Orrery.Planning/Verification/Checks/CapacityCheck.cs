using Orrery.Orbits;

namespace Orrery.Planning.Verification.Checks;

/// <summary>The link carries a leg's data in the time that it sends, and the leg counts the link's delay.</summary>
internal static class CapacityCheck
{
    private const double MegabitsPerMegabyte = 8;

    public static IEnumerable<PlanViolation> Violations(PlanCase plan) => plan.PendingLegs.SelectMany(leg => leg.Kind switch
    {
        TransferKind.InterSatellite => leg.OrbitEnds(plan) is var (from, to) ? InOrbit(plan, leg, from, to) : [],
        TransferKind.Terrestrial => [],
        _ => leg.GroundEnds(plan) is var (satellite, station) ? OverGround(plan, leg, satellite, station) : [],
    });

    private static IEnumerable<PlanViolation> InOrbit(PlanCase plan, PlannedTransfer leg, ObservedSatellite from, ObservedSatellite to)
    {
        var limits = plan.Input.Fleet.Configuration.InterSatelliteLink;
        return OfLeg(
            leg,
            time => InterSatelliteLink.RateMbps(Range(time), from.InUmbra(time) || to.InUmbra(time), limits),
            InterSatelliteLink.DelaySeconds(Range(leg.SendEnd()), limits),
            limits.MaxRateMbps);

        double Range(DateTimeOffset time) => (from.Position(time) - to.Position(time)).Length;
    }

    private static IEnumerable<PlanViolation> OverGround(PlanCase plan, PlannedTransfer leg, ObservedSatellite satellite, GroundStation station)
    {
        var budget = plan.Input.Fleet.Configuration.GroundLink;
        var site = station.Site;
        return OfLeg(
            leg,
            time => GroundLink.RateMbps(site.RangeKm(satellite.EarthFixed(time)), budget),
            GroundLink.DelaySeconds(site.RangeKm(satellite.EarthFixed(leg.SendEnd())), budget),
            budget.MaxRateMbps);
    }

    private static IEnumerable<PlanViolation> OfLeg(PlannedTransfer leg, Func<DateTimeOffset, double> rateMbps, double delayS, double maxRateMbps)
    {
        var carried = Sampling.Integral(leg.Start, leg.SendEnd(), rateMbps);
        var needed = leg.Mb * MegabitsPerMegabyte;
        if (carried < (needed * (1 - Tolerance.Capacity)) - (Tolerance.CapacityS * maxRateMbps))
            yield return new(ViolationCodes.OverCapacity, $"{leg.Text()} moves {needed:0.###} Mbit where the link carries {carried:0.###}.");
        if (Math.Abs(leg.DelayS - delayS) > Tolerance.DelayS)
            yield return new(ViolationCodes.DelayWrong, $"{leg.Text()} counts a delay of {leg.DelayS:0.00000} s; it is {delayS:0.00000} s.");
    }
}
