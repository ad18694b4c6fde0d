using Orrery.Orbits;

namespace Orrery.Planning.Verification;

/// <summary>A satellite as SGP4 gives it at each time that is asked for; nothing is interpolated.</summary>
internal sealed class ObservedSatellite(FleetSatellite satellite)
{
    private readonly Sgp4Propagator propagator = new(satellite.Elements);

    public string Id { get; } = $"{satellite.Elements.NoradId}";

    public BusClass Bus { get; } = satellite.Bus;

    public PropagationError ErrorAt(DateTimeOffset time) => propagator.Propagate(time, out _, out _);

    /// <summary>km, TEME.</summary>
    public Vector3d Position(DateTimeOffset time)
    {
        propagator.Propagate(time, out var position, out _);
        return position;
    }

    /// <summary>km, Earth-fixed.</summary>
    public Vector3d EarthFixed(DateTimeOffset time) => Frames.ToEarthFixed(Position(time), Frames.Gmst(time));

    /// <summary>Part of the Sun's disc that it sees, 0 … 1.</summary>
    public double Light(DateTimeOffset time) => Eclipse.VisibleFraction(Position(time), time);

    public bool InUmbra(DateTimeOffset time) => Light(time) <= 0;
}
