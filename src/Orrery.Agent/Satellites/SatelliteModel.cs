using Orrery.Agent.Contacts;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;
using Orrery.Orbits;

namespace Orrery.Agent.Satellites;

/// <summary>What an agent knows of its satellite; nothing when its elements are not known.</summary>
internal sealed record SatelliteModel(ElementSet? Elements, SatelliteState? State, IContactSchedule? Contacts)
{
    /// <exception cref="ArgumentException">Contacts are asked for, but where the satellite is, is not known.</exception>
    public static SatelliteModel Of(AgentOptions options)
    {
        var fleet = FleetConfiguration.Default;
        var known = BundledFleet.Satellites.FirstOrDefault(satellite => satellite.Elements.NoradId.ToString() == options.SatelliteId);
        if ((options.Elements ?? known?.Elements) is not { } elements)
        {
            return options.Contacts
                ? throw new ArgumentException($"The contacts of satellite {options.SatelliteId} are not known: its elements are needed.", nameof(options))
                : new(null, null, null);
        }

        var satellite = new Sgp4Propagator(elements);
        return new(
            elements,
            new SatelliteState(satellite, fleet.BusClass(known?.BusClass ?? fleet.DefaultBusClass), fleet.SouthAtlanticAnomaly),
            options.Contacts ? new StationContacts(satellite, fleet.GroundStations) : null);
    }

    public RegisterRequest Registration(AgentOptions options, DateTimeOffset now) => new()
    {
        AgentId = options.AgentId,
        SatelliteId = new SatelliteRef(options.SatelliteId),
        SatelliteName = options.SatelliteName ?? Elements?.Name,
        OrbitAltitudeKm = State?.Read(now).Position is { } place ? Math.Round(place.HeightKm, 1) : null,
        AgentVersion = typeof(SatelliteModel).Assembly.GetName().Version?.ToString(3),
    };
}
