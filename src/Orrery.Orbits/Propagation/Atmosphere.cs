namespace Orrery.Orbits;

/// <summary>The density profile of the theory: a power law from height s to q₀ = 120 km.</summary>
/// <param name="Base">s as a radius, Earth radii.</param>
/// <param name="Density">(q₀ − s)⁴, Earth radii⁴.</param>
internal readonly record struct Atmosphere(double Base, double Density)
{
    private const double TopKm = 120;
    private const double UsualBaseKm = 78;
    private const double LowPerigeeKm = 156;
    private const double LowestPerigeeKm = 98;
    private const double LowestBaseKm = 20;

    /// <summary>Perigees below 156 km lower the base with them, down to 20 km.</summary>
    public static Atmosphere For(EpochOrbit orbit)
    {
        var perigeeKm = (orbit.PerigeeRadius - 1) * Wgs72.EarthRadiusKm;
        var baseKm = perigeeKm < LowestPerigeeKm ? LowestBaseKm : perigeeKm < LowPerigeeKm ? perigeeKm - UsualBaseKm : UsualBaseKm;
        return new((baseKm / Wgs72.EarthRadiusKm) + 1, Math.Pow((TopKm - baseKm) / Wgs72.EarthRadiusKm, 4));
    }
}
