namespace Orrery.Orbits;

/// <summary>Kaula's inclination functions of the half-day resonance.</summary>
internal readonly struct InclinationFunctions(double sin, double cos)
{
    private readonly double sin2 = sin * sin;
    private readonly double cos2 = cos * cos;

    public double F220 => 0.75 * (1 + (2 * cos) + cos2);

    public double F221 => 1.5 * sin2;

    public double F321 => 1.875 * sin * (1 - (2 * cos) - (3 * cos2));

    public double F322 => -1.875 * sin * (1 + (2 * cos) - (3 * cos2));

    public double F441 => 35 * sin2 * F220;

    public double F442 => 39.3750 * sin2 * sin2;

    public double F522 => 9.84375 * sin * ((sin2 * (1 - (2 * cos) - (5 * cos2))) + (0.33333333 * (-2 + (4 * cos) + (6 * cos2))));

    public double F523 => sin * ((4.92187512 * sin2 * (-2 - (4 * cos) + (10 * cos2))) + (6.56250012 * (1 + (2 * cos) - (3 * cos2))));

    public double F542 => 29.53125 * sin * (2 - (8 * cos) + (cos2 * (-12 + (8 * cos) + (10 * cos2))));

    public double F543 => 29.53125 * sin * (-2 - (8 * cos) + (cos2 * (12 + (8 * cos) - (10 * cos2))));
}
