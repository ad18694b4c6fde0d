namespace Orrery.Planning;

/// <summary>A place on the Earth, degrees; WGS84, longitude first as in GeoJSON.</summary>
public readonly record struct GeoPoint(double LongitudeDeg, double LatitudeDeg);

/// <summary>A polygon: its outer ring, then its holes; the first point of a ring is also its last.</summary>
public sealed record GeoPolygon(IReadOnlyList<IReadOnlyList<GeoPoint>> Rings);

/// <summary>An area of the Earth that does not reach around it.</summary>
public sealed record GeoArea(IReadOnlyList<GeoPolygon> Polygons);
