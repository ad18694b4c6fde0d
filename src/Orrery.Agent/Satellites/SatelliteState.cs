using Orrery.Agent.Stages;
using Orrery.Orbits;

namespace Orrery.Agent.Satellites;

/// <summary>One satellite in time: load, charge, temperature, place and hazards, from its elements and its bus class.</summary>
/// <remarks>Safe to use from several threads. A time before the last one changes nothing but the load.</remarks>
public sealed class SatelliteState(Sgp4Propagator satellite, BusClass bus, SouthAtlanticAnomaly anomaly) : ISatelliteState
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestMemory = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly PowerModel power = new(bus);
    private SatelliteActivity activity;
    private DateTimeOffset? last;

    /// <inheritdoc/>
    public void Enter(SatelliteActivity activity, DateTimeOffset mission)
    {
        lock (gate)
        {
            Advance(mission);
            this.activity = activity;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Hazard> HazardsWithin(DateTimeOffset after, DateTimeOffset before) =>
    [
        .. EclipseFinder.Find(satellite, after, before).Select(eclipse => new Hazard(eclipse.PenumbraStart, HazardKinds.Eclipse))
            .Concat(AnomalyFinder.Find(Ephemeris.Sample(satellite, after, before), anomaly).Select(inside => new Hazard(inside.Start, HazardKinds.SouthAtlanticAnomaly)))
            .Where(hazard => hazard.At > after && hazard.At < before).OrderBy(hazard => hazard.At),
    ];

    /// <summary>What the satellite measures at a mission time.</summary>
    public SatelliteReading Read(DateTimeOffset mission)
    {
        lock (gate)
        {
            Advance(mission);
            var known = satellite.Propagate(mission, out var position, out _) == PropagationError.None;
            var place = known ? Frames.ToGeodetic(Frames.ToEarthFixed(position, Frames.Gmst(mission))) : (Geodetic?)null;
            return new(activity, power.ChargeWh / bus.BatteryWh * 100, power.TemperatureC, place, known && Eclipse.InUmbra(position, mission));
        }
    }

    private void Advance(DateTimeOffset mission)
    {
        var at = last ?? mission;
        if (mission - at > LongestMemory)
            at = mission - LongestMemory;
        while (at < mission)
        {
            var span = mission - at < Step ? mission - at : Step;
            power.Advance(activity, Sunlight(at), span.TotalSeconds);
            at += span;
        }

        last = at;
    }

    private double Sunlight(DateTimeOffset at) =>
        satellite.Propagate(at, out var position, out _) == PropagationError.None ? Eclipse.VisibleFraction(position, at) : 1;
}
