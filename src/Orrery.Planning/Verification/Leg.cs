namespace Orrery.Planning.Verification;

/// <summary>What a leg says of itself.</summary>
internal static class Leg
{
    /// <summary>When the last bit is sent.</summary>
    public static DateTimeOffset SendEnd(this PlannedTransfer leg) => leg.End.AddSeconds(-leg.DelayS);

    /// <summary>The satellite and the station of a leg to or from the ground; null when the fleet lacks one.</summary>
    public static (ObservedSatellite Satellite, Orbits.GroundStation Station)? GroundEnds(this PlannedTransfer leg, PlanCase plan)
    {
        var (satellite, station) = leg.Kind == TransferKind.Downlink ? (leg.From, leg.To) : (leg.To, leg.From);
        return plan.Satellite(satellite) is { } above && plan.Station(station) is { } below ? (above, below) : null;
    }

    /// <summary>The ends of a leg between satellites; null when the fleet lacks one.</summary>
    public static (ObservedSatellite From, ObservedSatellite To)? OrbitEnds(this PlannedTransfer leg, PlanCase plan) =>
        plan.Satellite(leg.From) is { } from && plan.Satellite(leg.To) is { } to ? (from, to) : null;

    public static string Text(this PlannedTransfer leg) =>
        $"Transfer {leg.FromStage?.ToString() ?? "input"}→{leg.ToStage?.ToString() ?? "output"} leg {leg.Leg} ({leg.From} to {leg.To})";
}
