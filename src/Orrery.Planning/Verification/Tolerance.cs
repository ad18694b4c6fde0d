namespace Orrery.Planning.Verification;

/// <summary>By how much a plan may differ from what is computed here: rounding of times, and the accuracy of contact ends.</summary>
internal static class Tolerance
{
    /// <summary>Order of times, s: a plan's times are rounded to the microsecond.</summary>
    public const double OrderS = 5e-6;

    /// <summary>Ends of contacts and of umbra, s.</summary>
    public const double EdgeS = 0.1;

    /// <summary>Elevation, degrees: what the interpolation of an orbit makes of it; in a grazing pass that is more than <see cref="EdgeS"/>.</summary>
    public const double ElevationDeg = 1e-3;

    /// <summary>Data that a contact carries, relative.</summary>
    public const double Capacity = 1e-3;

    /// <summary>Data that a contact carries, s of sending.</summary>
    public const double CapacityS = 1e-4;

    /// <summary>Delay, s: what a satellite moves in about ten seconds changes it by half of this.</summary>
    public const double DelayS = 5e-4;

    /// <summary>MB, TFLOP and fractions, relative.</summary>
    public const double Amount = 1e-6;

    /// <summary>Charge, as a part of the battery.</summary>
    public const double Charge = 1e-3;

    /// <summary>Temperature, K.</summary>
    public const double HeatK = 0.1;

    public static bool Equal(double a, double b) => Math.Abs(a - b) <= Amount * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b)));
}
