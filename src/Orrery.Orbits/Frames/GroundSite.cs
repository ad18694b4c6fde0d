namespace Orrery.Orbits;

/// <summary>A fixed site on the Earth, with its local horizon ready for use.</summary>
public sealed class GroundSite
{
    private readonly Vector3d east;
    private readonly Vector3d north;

    public GroundSite(Geodetic place)
    {
        Place = place;
        Position = place.ToEarthFixed();
        var (sinLatitude, cosLatitude) = Math.SinCos(place.LatitudeRad);
        var (sinLongitude, cosLongitude) = Math.SinCos(place.LongitudeRad);
        Up = new(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
        east = new(-sinLongitude, cosLongitude, 0);
        north = new(-sinLatitude * cosLongitude, -sinLatitude * sinLongitude, cosLatitude);
    }

    public Geodetic Place { get; }

    /// <summary>km, Earth-fixed.</summary>
    public Vector3d Position { get; }

    /// <summary>Unit normal of the ellipsoid, Earth-fixed.</summary>
    public Vector3d Up { get; }

    /// <summary>Azimuth, elevation and range of a satellite.</summary>
    /// <param name="satellite">km, Earth-fixed.</param>
    /// <remarks>Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., algorithm 27.</remarks>
    public LookAngles Look(in Vector3d satellite)
    {
        var line = satellite - Position;
        var azimuth = Math.Atan2(Vector3d.Dot(line, east), Vector3d.Dot(line, north));
        return new(azimuth < 0 ? azimuth + Math.Tau : azimuth, Elevation(satellite), line.Length);
    }

    /// <summary>Radians above the local horizontal plane, −π/2 … π/2.</summary>
    /// <param name="satellite">km, Earth-fixed.</param>
    public double Elevation(in Vector3d satellite)
    {
        var line = satellite - Position;
        var up = Vector3d.Dot(line, Up);
        return Math.Atan2(up, Math.Sqrt(Math.Max(0, Vector3d.Dot(line, line) - (up * up))));
    }

    /// <summary>Slant range, km.</summary>
    /// <param name="satellite">km, Earth-fixed.</param>
    public double RangeKm(in Vector3d satellite) => (satellite - Position).Length;
}
