using Orrery.Orbits;

namespace Orrery.Agent.Contacts;

/// <summary>Contacts of a satellite with any of the ground stations, above each station's own mask.</summary>
public sealed class StationContacts(Sgp4Propagator satellite, IReadOnlyList<GroundStation> stations) : IContactSchedule
{
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(6);

    private readonly Lock gate = new();
    private IReadOnlyList<Pass> passes = [];
    private DateTimeOffset knownFrom;
    private DateTimeOffset knownUntil;

    /// <inheritdoc/>
    /// <remarks>Looks six hours ahead; without a contact in them, their end is the time to ask again.</remarks>
    public DateTimeOffset NextContact(DateTimeOffset from)
    {
        lock (gate)
        {
            if (from < knownFrom || Next(from) is null)
                Look(from);
            return Next(from) ?? knownUntil;
        }
    }

    private DateTimeOffset? Next(DateTimeOffset from) => passes
        .Where(pass => pass.Set > from)
        .Select(pass => (DateTimeOffset?)(pass.Rise > from ? pass.Rise : from))
        .Min();

    private void Look(DateTimeOffset from)
    {
        (knownFrom, knownUntil) = (from, from + Horizon);
        var ephemeris = Ephemeris.Sample(satellite, knownFrom, knownUntil);
        passes = [.. stations.SelectMany(station => PassFinder.Find(ephemeris, station.Site, station.ElevationMaskDeg))];
    }
}
