using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Fleet;
using Orrery.Orbits;
using Orrery.Server.Errors;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;
using Orrery.Server.Storage;

namespace Orrery.Server.Fleet;

/// <summary>The fleet that the planner sees: satellites, where they are, when they pass.</summary>
internal static class FleetEndpoints
{
    private const double MostHours = 48;
    private const int LargestImport = 20_000;
    private const long LargestImportBytes = 16 * 1024 * 1024;

    public static void MapFleet(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").WithTags("Fleet").Allow(AccessRule.User);
        group.MapGet("/satellites", List).WithSummary("Satellites of the shared fleet and your own");
        group.MapPost("/satellites", Import).WithSummary("Import elements: TLE text or OMM JSON").Accepts<string>("text/plain", "application/json");
        group.MapGet("/satellites/{id}", Get).WithSummary("One satellite, by NORAD number or name");
        group.MapGet("/satellites/{id}/elements", Elements).WithSummary("Its two-line elements");
        group.MapGet("/satellites/{id}/position", Position).WithSummary("Where it is");
        group.MapGet("/satellites/{id}/passes", Passes).WithSummary("When ground stations see it");
        group.MapGet("/satellites/{id}/eclipses", Eclipses).WithSummary("When it is in the Earth's shadow");
        group.MapGet("/ground-stations", Stations).WithSummary("The ground stations");
    }

    private static async Task<Ok<SatelliteList>> List(HttpContext http, FleetView fleet, FleetStore store, TimeProvider clock, CancellationToken ct)
    {
        var query = new QueryReader(http, "name", "limit", "offset");
        var (name, limit, offset) = (query.Text("name"), query.Whole("limit", 100, 1, 1000), query.Whole("offset", 0, 0, int.MaxValue));
        var matching = (await fleet.Of(http.Caller().UserId, ct))
            .Where(member => name is null || member.Elements.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        var seen = await Seen(http, store, ct);
        return TypedResults.Ok(new SatelliteList(
            [.. matching.Skip(offset).Take(limit).Select(member => View(member, seen, clock.GetUtcNow()))], matching.Length, limit, offset));
    }

    private static async Task<Ok<SatelliteView>> Get(
        string id, HttpContext http, FleetView fleet, FleetStore store, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(View(await Find(id, http, fleet, ct), await Seen(http, store, ct), clock.GetUtcNow()));

    private static async Task<Ok<SatelliteElements>> Elements(string id, HttpContext http, FleetView fleet, CancellationToken ct)
    {
        var elements = (await Find(id, http, fleet, ct)).Elements;
        if (elements.NoradId > 339_999)
            throw new ApiException(409, "not_expressible", "Two-line elements cannot hold a catalogue number above 339,999.");
        var lines = elements.ToTle().Split('\n');
        return TypedResults.Ok(new SatelliteElements(lines[1], lines[2]));
    }

    private static async Task<Ok<PositionView>> Position(string id, HttpContext http, FleetView fleet, TimeProvider clock, CancellationToken ct)
    {
        var at = new QueryReader(http, "at").Time("at") ?? clock.GetUtcNow();
        var member = await Find(id, http, fleet, ct);
        if (new Sgp4Propagator(member.Elements).Propagate(at, out var teme, out _) != PropagationError.None)
            throw new ApiException(422, "elements_expired", $"The elements of {member.Elements.Name} do not reach {at:u}.");
        var place = Frames.ToGeodetic(Frames.ToEarthFixed(teme, Frames.Gmst(at)));
        return TypedResults.Ok(new PositionView(place.LatitudeDeg, place.LongitudeDeg, place.HeightKm, Eclipse.InUmbra(teme, at), at));
    }

    private static async Task<Ok<PassList>> Passes(string id, HttpContext http, FleetView fleet, TimeProvider clock, CancellationToken ct)
    {
        var query = new QueryReader(http, "from", "hours", "station", "min_elevation_deg");
        var from = query.Time("from") ?? clock.GetUtcNow();
        var to = from.AddHours(query.Number("hours", 12, 0.01, MostHours));
        var (station, elevation) = (query.Text("station"), query.Number("min_elevation_deg", 5, 0, 89));
        if (station is not null && fleet.Configuration.FindStation(station) is null)
            throw Refuse.Invalid("station", $"must be one of: {string.Join(", ", fleet.Configuration.GroundStations.Select(one => one.Id))}");
        var member = await Find(id, http, fleet, ct);
        var track = Ephemeris.Sample(new Sgp4Propagator(member.Elements), from, to);
        var passes = fleet.Configuration.GroundStations
            .Where(one => station is null || one.Id == station)
            .SelectMany(one => PassFinder.Find(track, one.Site, Math.Max(one.ElevationMaskDeg, elevation)).Select(pass => View(one, pass)))
            .OrderBy(pass => pass.Rise);
        return TypedResults.Ok(new PassList(member.Id, from, to, [.. passes]));
    }

    private static async Task<Ok<EclipseList>> Eclipses(string id, HttpContext http, FleetView fleet, TimeProvider clock, CancellationToken ct)
    {
        var query = new QueryReader(http, "from", "hours");
        var from = query.Time("from") ?? clock.GetUtcNow();
        var to = from.AddHours(query.Number("hours", 12, 0.01, MostHours));
        var member = await Find(id, http, fleet, ct);
        var windows = EclipseFinder.Find(new Sgp4Propagator(member.Elements), from, to).Select(window => new EclipseView(
            window.PenumbraStart, window.UmbraStart, window.UmbraEnd, window.PenumbraEnd, (window.PenumbraEnd - window.PenumbraStart).TotalSeconds));
        return TypedResults.Ok(new EclipseList(member.Id, from, to, [.. windows]));
    }

    private static Ok<GroundStationList> Stations(FleetView fleet) => TypedResults.Ok(new GroundStationList(
        [
            .. fleet.Configuration.GroundStations.Select(station => new GroundStationView(
                station.Id, station.Name, station.LatitudeDeg, station.LongitudeDeg, station.HeightM, station.ElevationMaskDeg, station.Source)),
        ]));

    private static async Task<Ok<ImportResponse>> Import(HttpContext http, FleetView fleet, FleetStore store, CancellationToken ct)
    {
        var body = await JsonBody.Bytes(http, LargestImportBytes);
        var caller = http.Caller();
        var elements = Read(body);
        var owner = caller.IsAdmin ? SatelliteRow.SharedOwner : caller.UserId;
        return TypedResults.Ok(await store.Import(owner, [.. elements.Select(one => (one, fleet.Configuration.DefaultBusClass))], ct));
    }

    private static IReadOnlyList<ElementSet> Read(ReadOnlyMemory<byte> body)
    {
        var start = body.Span.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
            throw Refuse.InvalidBody("The body is empty; send two-line elements or OMM JSON.");
        try
        {
            var elements = start[0] is (byte)'[' or (byte)'{'
                ? OmmReader.Read(body, LargestImport)
                : TleReader.Read(Encoding.UTF8.GetString(body.Span), LargestImport);
            return elements.Count > 0 ? elements : throw Refuse.InvalidBody("There are no elements in the body.");
        }
        catch (ElementFormatException error)
        {
            throw Refuse.Invalid(error.Field, error.Message);
        }
    }

    private static async Task<FleetMember> Find(string id, HttpContext http, FleetView fleet, CancellationToken ct) =>
        await fleet.Find(http.Caller().UserId, id, ct) ?? throw Refuse.NotFound("satellite", id);

    private static async Task<Dictionary<string, DateTimeOffset>> Seen(HttpContext http, FleetStore store, CancellationToken ct) =>
        (await store.AgentsSeen(http.Caller().UserId, ct)).ToDictionary(agent => agent.SatelliteId, agent => Microseconds.ToTime(agent.LastSeen), StringComparer.Ordinal);

    private static SatelliteView View(FleetMember member, Dictionary<string, DateTimeOffset> seen, DateTimeOffset now) => new()
    {
        Id = member.Id,
        NoradId = member.Elements.NoradId,
        Name = member.Elements.Name,
        Epoch = member.Elements.Epoch,
        BusClass = member.BusClass,
        AgentLastSeen = seen.TryGetValue(member.Id, out var time) ? time : null,
        ElementsAgeDays = Math.Round((now - member.Elements.Epoch).TotalDays, 3),
        Own = member.Own,
    };

    private static PassView View(GroundStation station, Pass pass) =>
        new(station.Id, pass.Rise, pass.Peak, pass.Set, Math.Round(pass.PeakElevationDeg, 3), Math.Round((pass.Set - pass.Rise).TotalSeconds, 1));
}
