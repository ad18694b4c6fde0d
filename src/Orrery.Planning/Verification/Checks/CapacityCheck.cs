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
        var links = plan.Input.Fleet.Configuration.Links;
        return OfLeg(
            leg,
            time => links.InterSatelliteMbps(Range(time)) * (from.InUmbra(time) || to.InUmbra(time) ? links.UmbraFactor : 1),
            links.InterSatelliteDelaySeconds(Range(leg.SendEnd())),
            links.MostInterSatelliteMbps);

        double Range(DateTimeOffset time) => (from.Position(time) - to.Position(time)).Length;
    }

    private static IEnumerable<PlanViolation> OverGround(PlanCase plan, PlannedTransfer leg, ObservedSatellite satellite, GroundStation station)
    {
        var links = plan.Input.Fleet.Configuration.Links;
        var direction = leg.Kind == TransferKind.Downlink ? GroundDirection.Down : GroundDirection.Up;
        return OfLeg(leg, Rate, links.DelaySeconds(direction, station.Site.RangeKm(satellite.EarthFixed(leg.SendEnd()))), links.MostMbps(direction));

        double Rate(DateTimeOffset time)
        {
            var position = satellite.EarthFixed(time);
            return links.RateMbps(direction, station.Site.RangeKm(position), station.Site.Elevation(position));
        }
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
