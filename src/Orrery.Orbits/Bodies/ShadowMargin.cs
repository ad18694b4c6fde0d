namespace Orrery.Orbits;

/// <summary>Square of the shadow cone's radius at the satellite less square of its distance from the axis, km²; also positive on the day side.</summary>
internal readonly struct ShadowMargin : IMargin
{
    private const double Allowance = 1.1;

    /// <summary>For the cone's slope and the Sun's own motion, km²/s².</summary>
    private const double SlopeAllowance = 5;

    private readonly ITrack track;
    private readonly JulianDate start;
    private readonly double slopeRadius;

    private ShadowMargin(ITrack track, double slopeRadius)
    {
        this.track = track;
        this.slopeRadius = slopeRadius;
        start = JulianDate.From(track.Start);
        var bounds = new MotionBounds(track.Satellite);
        RiseBound = (Allowance * 2 * bounds.Potential) + SlopeAllowance;
        FallBound = (Allowance * 2 * bounds.MaxSpeed * bounds.MaxSpeed) + SlopeAllowance;
    }

    public double RiseBound { get; }

    public double FallBound { get; }

    public static ShadowMargin Umbra(ITrack track) => new(track, Wgs84.EquatorialRadiusKm - Sun.RadiusKm);

    public static ShadowMargin Penumbra(ITrack track) => new(track, Wgs84.EquatorialRadiusKm + Sun.RadiusKm);

    public bool TryEvaluate(double seconds, out double value, out double rate)
    {
        (value, rate) = (0, 0);
        if (!track.TryState(seconds, out var position, out var velocity))
            return false;
        var sun = Sun.StateTeme(start.AddSeconds(seconds));
        var behind = -Vector3d.Dot(position, sun.Direction);
        var behindRate = -Vector3d.Dot(velocity, sun.Direction) - Vector3d.Dot(position, sun.DirectionRate);
        var sin = slopeRadius / sun.DistanceKm;
        var cos = Math.Sqrt(1 - (sin * sin));
        var radius = Math.Max(0, (Wgs84.EquatorialRadiusKm + (behind * sin)) / cos);
        var radiusRate = radius > 0 ? behindRate * sin / cos : 0;
        value = (radius * radius) - Vector3d.Dot(position, position) + (behind * behind);
        rate = 2 * ((radius * radiusRate) - Vector3d.Dot(position, velocity) + (behind * behindRate));
        return true;
    }

    public bool OnNightSide(double seconds) =>
        track.TryState(seconds, out var position, out _)
        && Vector3d.Dot(position, Sun.StateTeme(start.AddSeconds(seconds)).Direction) < 0;
}
