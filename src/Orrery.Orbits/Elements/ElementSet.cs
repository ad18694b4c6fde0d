namespace Orrery.Orbits;

/// <summary>Mean orbital elements of one object, as two-line elements and CCSDS OMM carry them (SGP4 theory, TEME frame).</summary>
/// <remarks>Angles in degrees. One unit of the last digit of a TLE epoch is 8,640 ticks, so <see cref="Epoch"/> holds every epoch exactly.</remarks>
public sealed record ElementSet
{
    /// <summary>Catalogue number, 1 … 999,999,999.</summary>
    public required int NoradId { get; init; }

    public required string Name { get; init; }

    /// <summary>As two-line elements write it, <c>98067A</c>; null when not given.</summary>
    public string? InternationalDesignator { get; init; }

    /// <summary>U, C or S.</summary>
    public char Classification { get; init; } = 'U';

    /// <summary>UTC.</summary>
    public required DateTimeOffset Epoch { get; init; }

    /// <summary>0 … 180.</summary>
    public required double InclinationDeg { get; init; }

    /// <summary>Right ascension of the ascending node, 0 … 360.</summary>
    public required double RaanDeg { get; init; }

    /// <summary>0 … below 1.</summary>
    public required double Eccentricity { get; init; }

    /// <summary>0 … 360.</summary>
    public required double ArgumentOfPerigeeDeg { get; init; }

    /// <summary>0 … 360.</summary>
    public required double MeanAnomalyDeg { get; init; }

    /// <summary>Kozai mean motion, revolutions per day, positive.</summary>
    public required double MeanMotionRevPerDay { get; init; }

    /// <summary>Half the first derivative of mean motion, revolutions per day², as the formats carry it; SGP4 does not use it.</summary>
    public double MeanMotionDot { get; init; }

    /// <summary>A sixth of the second derivative of mean motion, revolutions per day³, as the formats carry it; SGP4 does not use it.</summary>
    public double MeanMotionDdot { get; init; }

    /// <summary>Drag term, per Earth radius.</summary>
    public double BStar { get; init; }

    public int ElementSetNumber { get; init; }

    public int RevolutionNumber { get; init; }

    /// <summary>The epoch as a two-part Julian date (UTC).</summary>
    public JulianDate JulianEpoch => JulianDate.From(Epoch);

    /// <summary>Sixteen hexadecimal digits that change whenever a value that moves the satellite changes.</summary>
    public string Fingerprint => ElementFingerprint.Of(this);

    /// <summary>Minutes from the epoch to <paramref name="time"/>, negative before it.</summary>
    public double MinutesSinceEpoch(DateTimeOffset time) => (time - Epoch).Ticks / (double)TimeSpan.TicksPerMinute;

    /// <inheritdoc cref="TleWriter.Write"/>
    public string ToTle() => TleWriter.Write(this);
}
