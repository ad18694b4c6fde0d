namespace Orrery.Orbits;

/// <summary>Height of a satellite over the cone of the elevation mask, km: up · line − |line| · sin(mask).</summary>
internal readonly struct ElevationMargin : IMargin
{
    /// <summary>Sites stand less high than this, km.</summary>
    private const double HighestSiteKm = 9;

    private const double LeastRangeKm = 60;

    private readonly ITrack track;
    private readonly GroundSite site;
    private readonly JulianDate start;
    private readonly double sinMask;

    public ElevationMargin(ITrack track, GroundSite site, double minElevationDeg)
    {
        this.track = track;
        this.site = site;
        start = JulianDate.From(track.Start);
        sinMask = Math.Sin(double.DegreesToRadians(minElevationDeg));
        var bounds = new MotionBounds(track.Satellite);
        var rotationSpeed = Wgs84.RotationRate * bounds.MaxRadius;
        var speed = bounds.MaxSpeed + rotationSpeed;
        var acceleration = bounds.MaxAcceleration + (2 * Wgs84.RotationRate * speed) + (Wgs84.RotationRate * rotationSpeed);
        var leastRange = Math.Max(LeastRangeKm, bounds.MinRadius - Wgs84.EquatorialRadiusKm - HighestSiteKm);
        var gentle = acceleration * (1 + Math.Abs(sinMask));
        var sharp = gentle + (Math.Abs(sinMask) * speed * speed / leastRange);
        (RiseBound, FallBound) = sinMask >= 0 ? (gentle, sharp) : (sharp, gentle);
    }

    public double RiseBound { get; }

    public double FallBound { get; }

    public bool TryEvaluate(double seconds, out double value, out double rate)
    {
        (value, rate) = (0, 0);
        if (!TryLine(seconds, out var line, out var velocity))
            return false;
        (value, rate) = Of(line, velocity);
        return true;
    }

    /// <summary>Value and rate for a line of sight, km, and its velocity, km/s, Earth-fixed.</summary>
    public (double Value, double Rate) Of(in Vector3d line, in Vector3d velocity)
    {
        var range = line.Length;
        return (
            Vector3d.Dot(line, site.Up) - (range * sinMask),
            Vector3d.Dot(velocity, site.Up) - (Vector3d.Dot(line, velocity) / range * sinMask));
    }

    /// <summary>Positive while the elevation grows.</summary>
    public double ElevationTrend(double seconds) => TryLine(seconds, out var line, out var velocity) ? Trend(site, line, velocity) : 0;

    /// <summary>Positive while the elevation over a site grows, for a line of sight and its velocity.</summary>
    public static double Trend(GroundSite site, in Vector3d line, in Vector3d velocity) =>
        (Vector3d.Dot(velocity, site.Up) * Vector3d.Dot(line, line)) - (Vector3d.Dot(line, site.Up) * Vector3d.Dot(line, velocity));

    public LookAngles Look(double seconds)
    {
        TryLine(seconds, out var line, out _);
        return site.Look(site.Position + line);
    }

    private bool TryLine(double seconds, out Vector3d line, out Vector3d velocity)
    {
        (line, velocity) = (default, default);
        if (!track.TryState(seconds, out var positionTeme, out var velocityTeme))
            return false;
        (var position, velocity) = Frames.ToEarthFixed(positionTeme, velocityTeme, Frames.Gmst(start.AddSeconds(seconds)));
        line = position - site.Position;
        return true;
    }
}
