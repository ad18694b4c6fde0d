namespace Orrery.Orbits;

/// <summary>The Earth's shadow on a point in space: discs of the Sun and of a spherical Earth (equatorial radius).</summary>
/// <remarks>Montenbruck and Gill, Satellite Orbits, section 3.4.2.</remarks>
public static class Eclipse
{
    /// <summary>Part of the Sun's disc that is seen: 1 in sunlight, 0 in umbra.</summary>
    /// <param name="positionTeme">km, TEME.</param>
    /// <param name="time">UTC.</param>
    public static double VisibleFraction(in Vector3d positionTeme, DateTimeOffset time) =>
        VisibleFraction(positionTeme, Sun.PositionTeme(time));

    /// <summary>Part of the Sun's disc that is seen: 1 in sunlight, 0 in umbra.</summary>
    /// <param name="position">km, from the Earth's centre.</param>
    /// <param name="sun">km, from the Earth's centre, same frame.</param>
    public static double VisibleFraction(in Vector3d position, in Vector3d sun)
    {
        var toSun = sun - position;
        var sunDistance = toSun.Length;
        var earthDistance = position.Length;
        var sunRadius = Math.Asin(Sun.RadiusKm / sunDistance);
        var earthRadius = Math.Asin(Math.Min(1, Wgs84.EquatorialRadiusKm / earthDistance));
        var separation = Math.Acos(Math.Clamp(-Vector3d.Dot(position, toSun) / (earthDistance * sunDistance), -1, 1));
        return 1 - HiddenPart(sunRadius, earthRadius, separation);
    }

    /// <summary>Whether the whole disc of the Sun is hidden.</summary>
    /// <param name="positionTeme">km, TEME.</param>
    /// <param name="time">UTC.</param>
    public static bool InUmbra(in Vector3d positionTeme, DateTimeOffset time) => VisibleFraction(positionTeme, time) <= 0;

    private static double HiddenPart(double sun, double earth, double separation)
    {
        if (separation >= sun + earth)
            return 0;
        if (separation <= earth - sun)
            return 1;
        if (separation <= sun - earth)
            return earth * earth / (sun * sun);
        var chord = ((separation * separation) + (sun * sun) - (earth * earth)) / (2 * separation);
        var height = Math.Sqrt(Math.Max(0, (sun * sun) - (chord * chord)));
        var area = (sun * sun * Math.Acos(Math.Clamp(chord / sun, -1, 1)))
            + (earth * earth * Math.Acos(Math.Clamp((separation - chord) / earth, -1, 1)))
            - (separation * height);
        return Math.Clamp(area / (Math.PI * sun * sun), 0, 1);
    }
}
