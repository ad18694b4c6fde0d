namespace Orrery.Orbits;

/// <summary>Everything that the near-earth theory needs of one satellite: radians, Earth radii, minutes.</summary>
internal readonly record struct NearEarthCoefficients
{
    public required EpochOrbit Orbit { get; init; }

    public required SecularRates Rates { get; init; }

    public required DragCoefficients Drag { get; init; }

    public required OblatenessTerms Oblateness { get; init; }
}
