namespace Orrery.Orbits;

/// <summary>A place over the WGS84 ellipsoid.</summary>
/// <param name="LatitudeRad">Geodetic latitude, −π/2 … π/2.</param>
/// <param name="LongitudeRad">East positive, −π … π.</param>
/// <param name="HeightKm">Height over the ellipsoid.</param>
public readonly record struct Geodetic(double LatitudeRad, double LongitudeRad, double HeightKm)
{
    public double LatitudeDeg => double.RadiansToDegrees(LatitudeRad);

    public double LongitudeDeg => double.RadiansToDegrees(LongitudeRad);

    public static Geodetic FromDegrees(double latitudeDeg, double longitudeDeg, double heightKm) =>
        new(double.DegreesToRadians(latitudeDeg), double.DegreesToRadians(longitudeDeg), heightKm);

    /// <summary>Earth-fixed position, km.</summary>
    public Vector3d ToEarthFixed() => Frames.ToEarthFixed(this);
}
