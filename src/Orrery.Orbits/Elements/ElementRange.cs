namespace Orrery.Orbits;

/// <summary>The values that an element may take, whichever format it comes in.</summary>
internal sealed record ElementRange(string Name, double Least, double Greatest, bool LeastExcluded, bool GreatestExcluded, string Example)
{
    private const double FastestRevPerDay = 18;

    public static readonly ElementRange Inclination = new("inclination", 0, 180, false, false, "51.6307");
    public static readonly ElementRange Raan = new("right ascension of the ascending node", 0, 360, false, false, "200.0361");
    public static readonly ElementRange Eccentricity = new("eccentricity", 0, 1, false, true, "0004822");
    public static readonly ElementRange ArgumentOfPerigee = new("argument of perigee", 0, 360, false, false, "152.4527");
    public static readonly ElementRange MeanAnomaly = new("mean anomaly", 0, 360, false, false, "207.6718");
    public static readonly ElementRange MeanMotion = new("mean motion", 0, FastestRevPerDay, true, false, "15.49160218");
    public static readonly ElementRange MeanMotionDot = new("first derivative of mean motion", -1, 1, true, true, " .00005718");
    public static readonly ElementRange MeanMotionDdot = new("second derivative of mean motion", -1e8, 1e8, false, false, " 00000+0");
    public static readonly ElementRange BStar = new("drag term", -1e8, 1e8, false, false, " 11125-3");

    public bool Contains(double value) =>
        (LeastExcluded ? value > Least : value >= Least) && (GreatestExcluded ? value < Greatest : value <= Greatest);

    /// <summary>What would be right, to end a message.</summary>
    public string Rule => (LeastExcluded, GreatestExcluded) switch
    {
        (true, true) => $"must be between {Least} and {Greatest}",
        (true, false) => $"must be above {Least} and at most {Greatest}",
        (false, true) => $"must be from {Least} to below {Greatest}",
        _ => $"must be from {Least} to {Greatest}",
    };
}
