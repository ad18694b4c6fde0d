namespace Orrery.Orbits;

/// <summary>Eccentricity functions of the half-day resonance: cubics fitted for low and high eccentricities.</summary>
/// <remarks>Spacetrack Report No. 3, section 10; the breaks are the report's.</remarks>
internal readonly struct EccentricityFunctions(double e)
{
    private const double Break = 0.65;
    private const double Break52 = 0.715;
    private const double Break53 = 0.7;

    public double G201 => -0.306 - ((e - 0.64) * 0.440);

    public double G211 => e <= Break ? Cubic(3.616, -13.2470, 16.2900, 0) : Cubic(-72.099, 331.819, -508.738, 266.724);

    public double G310 => e <= Break ? Cubic(-19.302, 117.3900, -228.4190, 156.5910) : Cubic(-346.844, 1582.851, -2415.925, 1246.113);

    public double G322 => e <= Break ? Cubic(-18.9068, 109.7927, -214.6334, 146.5816) : Cubic(-342.585, 1554.908, -2366.899, 1215.972);

    public double G410 => e <= Break ? Cubic(-41.122, 242.6940, -471.0940, 313.9530) : Cubic(-1052.797, 4758.686, -7193.992, 3651.957);

    public double G422 => e <= Break ? Cubic(-146.407, 841.8800, -1629.014, 1083.4350) : Cubic(-3581.690, 16178.110, -24462.770, 12422.520);

    public double G520 => e switch
    {
        <= Break => Cubic(-532.114, 3017.977, -5740.032, 3708.2760),
        <= Break52 => Cubic(1464.74, -4664.75, 3763.64, 0),
        _ => Cubic(-5149.66, 29936.92, -54087.36, 31324.56),
    };

    public double G521 => e < Break53 ? Cubic(-822.71072, 4568.6173, -8491.4146, 5337.524) : Cubic(-51752.104, 218913.95, -309468.16, 146349.42);

    public double G532 => e < Break53 ? Cubic(-853.66600, 4690.2500, -8624.7700, 5341.4) : Cubic(-40023.880, 170470.89, -242699.48, 115605.82);

    public double G533 => e < Break53 ? Cubic(-919.22770, 4988.6100, -9064.7700, 5542.21) : Cubic(-37995.780, 161616.52, -229838.20, 109377.94);

    private double Cubic(double c0, double c1, double c2, double c3) => c0 + (e * (c1 + (e * (c2 + (e * c3)))));
}
