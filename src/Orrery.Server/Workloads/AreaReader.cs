using System.Text.Json;
using Orrery.Planning;
using Orrery.Planning.Spatial;

namespace Orrery.Server.Workloads;

/// <summary>An area of interest: a GeoJSON Polygon or MultiPolygon (RFC 7946).</summary>
internal static class AreaReader
{
    private const int MostPoints = 10_000;
    private const int LeastRing = 4;

    /// <summary>An area may not reach farther: what is beyond cannot be laid into a plane without much distortion.</summary>
    private const double WidestDeg = 120;

    /// <returns>What is wrong; null: it can be read.</returns>
    public static string? Problem(JsonElement area)
    {
        try
        {
            return Check(Read(area));
        }
        catch (FormatException wrong)
        {
            return wrong.Message;
        }
    }

    /// <exception cref="FormatException">It is no such geometry; the message says why.</exception>
    public static GeoArea Read(JsonElement area)
    {
        if (area.ValueKind != JsonValueKind.Object || !area.TryGetProperty("type", out var type) || !area.TryGetProperty("coordinates", out var coordinates))
            throw new FormatException("must be a GeoJSON geometry with type and coordinates");
        var kind = type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        return kind switch
        {
            "Polygon" => new([Polygon(coordinates)]),
            "MultiPolygon" => new([.. Items(coordinates, "polygons").Select(Polygon)]),
            _ => throw new FormatException("must be of type Polygon or MultiPolygon"),
        };
    }

    private static GeoPolygon Polygon(JsonElement rings) => new([.. Items(rings, "rings").Select(Ring)]);

    private static IReadOnlyList<GeoPoint> Ring(JsonElement ring) => [.. Items(ring, "positions").Select(Point)];

    private static GeoPoint Point(JsonElement position) =>
        position.ValueKind == JsonValueKind.Array && position.GetArrayLength() is >= 2 and <= 3 && position.EnumerateArray().All(number => number.ValueKind == JsonValueKind.Number)
            ? new(position[0].GetDouble(), position[1].GetDouble())
            : throw new FormatException("must have positions [longitude, latitude] of numbers");

    private static JsonElement.ArrayEnumerator Items(JsonElement array, string what) => array.ValueKind == JsonValueKind.Array && array.GetArrayLength() > 0
        ? array.EnumerateArray()
        : throw new FormatException($"must have an array of {what} in its coordinates");

    private static string? Check(GeoArea area)
    {
        var rings = area.Polygons.SelectMany(polygon => polygon.Rings).ToList();
        var points = rings.SelectMany(ring => ring).ToList();
        if (points.Count > MostPoints)
            return $"has {points.Count} points; at most {MostPoints} are taken: simplify its outline";
        if (points.Exists(point => !(point.LongitudeDeg is >= -180 and <= 180 && point.LatitudeDeg is >= -90 and <= 90)))
            return "must have longitudes from -180 to 180 and latitudes from -90 to 90; an area over the 180th meridian is two polygons";
        if (rings.Exists(ring => ring.Count < LeastRing || ring[0] != ring[^1]))
            return "must have rings of at least four positions, the last of which is the first again";
        if (points.Max(point => point.LongitudeDeg) - points.Min(point => point.LongitudeDeg) > WidestDeg || points.Max(point => point.LatitudeDeg) - points.Min(point => point.LatitudeDeg) > WidestDeg)
            return $"must not reach over more than {WidestDeg} degrees";
        return rings.Exists(ring => Math.Abs(Twice(ring)) < 1e-9) ? "must have rings that enclose something"
            : AreaRules.Problem(area) is { } wrong ? $"must be a valid outline: {wrong}"
            : null;
    }

    /// <summary>Twice the area within a ring, square degrees.</summary>
    private static double Twice(IReadOnlyList<GeoPoint> ring) => ring.Zip(ring.Skip(1)).Sum(edge => (edge.First.LongitudeDeg * edge.Second.LatitudeDeg) - (edge.Second.LongitudeDeg * edge.First.LatitudeDeg));
}
