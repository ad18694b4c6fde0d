namespace Orrery.Orbits;

/// <summary>The Sun's and Moon's orbits at the epoch, as the theory takes them (Spacetrack Report No. 3, section 10).</summary>
internal static class LunarSolarEphemeris
{
    /// <summary>Julian date of 1899-12-31 12 h, from which the theory counts days.</summary>
    private const double Origin = 2_415_020.0;

    private const double SinObliquity = 0.39785416;
    private const double CosObliquity = 0.91744867;
    private const double SunSinPerigee = -0.98088458;
    private const double SunCosPerigee = 0.1945905;
    private const double SunStrength = 2.9864797e-6;
    private const double SunMeanMotion = 1.19459e-5;
    private const double SunEccentricity = 0.01675;
    private const double MoonStrength = 4.7968065e-7;
    private const double MoonMeanMotion = 1.5835218e-4;
    private const double MoonEccentricity = 0.05490;

    /// <summary>Days since 1899-12-31 12 h, through a Julian date in one double (20 µs) as the published states were made.</summary>
    public static double Days(JulianDate epoch) => (epoch.Midnight + epoch.Fraction) - Origin;

    public static ThirdBody Sun(double days, double node)
    {
        var (sinNode, cosNode) = Math.SinCos(node);
        return new(
            SunSinPerigee, SunCosPerigee, SinObliquity, CosObliquity, sinNode, cosNode,
            SunStrength, SunMeanMotion, SunEccentricity, (6.2565837 + (0.017201977 * days)) % Math.Tau);
    }

    public static ThirdBody Moon(double days, double node)
    {
        var moonNode = (4.5236020 - (9.2422029e-4 * days)) % Math.Tau;
        var (sinMoonNode, cosMoonNode) = Math.SinCos(moonNode);
        var cosInclination = 0.91375164 - (0.03568096 * cosMoonNode);
        var sinInclination = Math.Sqrt(1 - (cosInclination * cosInclination));
        var sinH = 0.089683511 * sinMoonNode / sinInclination;
        var cosH = Math.Sqrt(1 - (sinH * sinH));
        var longitude = 5.8351514 + (0.0019443680 * days);
        var arc = Math.Atan2(SinObliquity * sinMoonNode / sinInclination, (cosH * cosMoonNode) + (CosObliquity * sinH * sinMoonNode));
        var (sinPerigee, cosPerigee) = Math.SinCos(longitude + arc - moonNode);
        var (sinNode, cosNode) = Math.SinCos(node);
        return new(
            sinPerigee, cosPerigee, sinInclination, cosInclination,
            (sinNode * cosH) - (cosNode * sinH), (cosH * cosNode) + (sinH * sinNode),
            MoonStrength, MoonMeanMotion, MoonEccentricity, (4.7199672 + (0.22997150 * days) - longitude) % Math.Tau);
    }
}
