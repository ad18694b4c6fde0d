namespace Orrery.Orbits;

/// <summary>A Julian date (UTC, taken as UT1) in two parts, so that no precision is lost.</summary>
/// <param name="Midnight">Julian date of 0 h of the day, ending in .5.</param>
/// <param name="Fraction">Fraction of the day, 0 … below 1.</param>
public readonly record struct JulianDate(double Midnight, double Fraction)
{
    /// <summary>Julian date of 0001-01-01T00:00Z, tick 0.</summary>
    private const double DayOfTickZero = 1_721_425.5;

    /// <summary>J2000.0, 2000-01-01 12 h.</summary>
    private const double J2000 = 2_451_545.0;

    private const double DaysPerCentury = 36_525.0;

    public double CenturiesSinceJ2000 => (Midnight - J2000 + Fraction) / DaysPerCentury;

    public static JulianDate From(DateTimeOffset time)
    {
        var (days, ticks) = Math.DivRem(time.UtcTicks, TimeSpan.TicksPerDay);
        return new(DayOfTickZero + days, ticks / (double)TimeSpan.TicksPerDay);
    }

    /// <summary>The date <paramref name="seconds"/> later; the fraction may leave 0 … 1.</summary>
    public JulianDate AddSeconds(double seconds) => this with { Fraction = Fraction + (seconds / 86_400.0) };
}
