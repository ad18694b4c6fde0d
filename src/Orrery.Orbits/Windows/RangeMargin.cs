namespace Orrery.Orbits;

/// <summary>Square of the greatest range less square of the distance, km².</summary>
internal readonly struct RangeMargin : IMargin
{
    private readonly SatellitePair pair;
    private readonly double maxRangeSquared;

    public RangeMargin(SatellitePair pair, IslLimits limits)
    {
        this.pair = pair;
        maxRangeSquared = limits.MaxRangeKm * limits.MaxRangeKm;
        var (a, b) = (pair.BoundsA, pair.BoundsB);
        var acceleration = a.MaxAcceleration + b.MaxAcceleration;
        var speed = a.MaxSpeed + b.MaxSpeed;
        RiseBound = 2 * (a.MaxRadius + b.MaxRadius) * acceleration;
        FallBound = 2 * ((speed * speed) + (limits.MaxRangeKm * acceleration));
    }

    public double RiseBound { get; }

    public double FallBound { get; }

    public bool TryEvaluate(double seconds, out double value, out double rate)
    {
        (value, rate) = (0, 0);
        if (!pair.TryStates(seconds, out var a, out var b))
            return false;
        var line = b.Position - a.Position;
        value = maxRangeSquared - Vector3d.Dot(line, line);
        rate = -2 * Vector3d.Dot(line, b.Velocity - a.Velocity);
        return true;
    }
}
