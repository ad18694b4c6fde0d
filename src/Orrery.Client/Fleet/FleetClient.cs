using System.Runtime.CompilerServices;
using System.Text;
using Orrery.Client.Http;
using Orrery.Contracts.Fleet;
using Orrery.Contracts.Json;

namespace Orrery.Client.Fleet;

/// <summary>The satellites and ground stations that the planner sees. A satellite is named by its NORAD number or its name.</summary>
public sealed class FleetClient
{
    private const string Route = "/v1/satellites";
    private const int LargePage = 500;

    private readonly ApiConnection connection;

    internal FleetClient(ApiConnection connection) => this.connection = connection;

    /// <summary>One page of the fleet; <paramref name="name"/> selects by a part of the name.</summary>
    public Task<SatelliteList> Page(string? name = null, int offset = 0, int limit = 100, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Get(new QueryText(Route).Add("name", name).Add("offset", offset).Add("limit", limit).ToString()),
            WireJson.Default.SatelliteList,
            cancellation);

    /// <summary>The whole fleet, or what has <paramref name="name"/> in its name, page after page as it is read.</summary>
    public async IAsyncEnumerable<SatelliteView> Satellites(
        string? name = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        SatelliteList page;
        var offset = 0;
        do
        {
            page = await Page(name, offset, LargePage, cancellation).ConfigureAwait(false);
            foreach (var satellite in page.Satellites)
                yield return satellite;
            offset += page.Satellites.Count;
        }
        while (page.Satellites.Count > 0 && offset < page.Total);
    }

    public Task<SatelliteView> Satellite(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id)), WireJson.Default.SatelliteView, cancellation);

    /// <summary>The two-line elements that plans are made from.</summary>
    public Task<SatelliteElements> Elements(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(id) + "/elements"), ClientJson.Default.SatelliteElements, cancellation);

    /// <summary>Geodetic position (WGS84); <paramref name="at"/> null: now.</summary>
    public Task<PositionView> Position(string id, DateTimeOffset? at = null, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Get(new QueryText(Of(id) + "/position").Add("at", at).ToString()), WireJson.Default.PositionView, cancellation);

    public Task<PassList> Passes(string id, PassQuery? query = null, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Get(new QueryText(Of(id) + "/passes")
                .Add("from", query?.From).Add("hours", query?.Hours).Add("station", query?.Station)
                .Add("min_elevation_deg", query?.MinElevationDeg).ToString()),
            WireJson.Default.PassList,
            cancellation);

    public Task<EclipseList> Eclipses(
        string id, DateTimeOffset? from = null, double? hours = null, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Get(new QueryText(Of(id) + "/eclipses").Add("from", from).Add("hours", hours).ToString()),
            WireJson.Default.EclipseList,
            cancellation);

    public Task<GroundStationList> GroundStations(CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get("/v1/ground-stations"), WireJson.Default.GroundStationList, cancellation);

    /// <summary>Takes in elements: TLE text, or OMM as JSON (told apart by its first letter). Older elements never replace newer.</summary>
    public Task<ImportResponse> Import(string elements, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(elements);
        var isJson = elements.AsSpan().TrimStart("\uFEFF \t\r\n") is ['{' or '[', ..];
        return connection.Send(
            ApiRequest.Post(Route).With(Encoding.UTF8.GetBytes(elements), isJson ? ApiRequest.JsonType : "text/plain"),
            WireJson.Default.ImportResponse,
            cancellation);
    }

    private static string Of(string id) => $"{Route}/{QueryText.Segment(id)}";
}
