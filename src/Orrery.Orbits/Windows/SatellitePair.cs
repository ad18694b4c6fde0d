namespace Orrery.Orbits;

/// <summary>Two tracks over the interval that both cover.</summary>
internal sealed class SatellitePair
{
    private readonly ITrack a;
    private readonly ITrack b;
    private readonly double offsetA;
    private readonly double offsetB;

    public SatellitePair(ITrack a, ITrack b)
    {
        (this.a, this.b) = (a, b);
        Start = a.Start > b.Start ? a.Start : b.Start;
        offsetA = (Start - a.Start).TotalSeconds;
        offsetB = (Start - b.Start).TotalSeconds;
        Duration = Math.Max(0, Math.Min(a.Duration - offsetA, b.Duration - offsetB));
        BoundsA = new MotionBounds(a.Satellite);
        BoundsB = new MotionBounds(b.Satellite);
    }

    public DateTimeOffset Start { get; }

    /// <summary>Seconds.</summary>
    public double Duration { get; }

    public MotionBounds BoundsA { get; }

    public MotionBounds BoundsB { get; }

    public bool TryStates(double seconds, out (Vector3d Position, Vector3d Velocity) stateA, out (Vector3d Position, Vector3d Velocity) stateB)
    {
        stateB = default;
        return a.TryState(seconds + offsetA, out stateA.Position, out stateA.Velocity)
            && b.TryState(seconds + offsetB, out stateB.Position, out stateB.Velocity);
    }
}
