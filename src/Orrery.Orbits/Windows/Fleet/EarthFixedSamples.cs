using System.Runtime.Intrinsics;

namespace Orrery.Orbits;

/// <summary>One satellite's Earth-fixed states at the times of a clock, km and km/s. Used again for one satellite after the other.</summary>
internal sealed class EarthFixedSamples(SampleClock clock)
{
    private readonly StateArrays states = new(clock.Count);
    private readonly double[] minutes = new double[clock.Count];

    public SampleClock Clock => clock;

    public ReadOnlySpan<double> X => states.X;

    public ReadOnlySpan<double> Y => states.Y;

    public ReadOnlySpan<double> Z => states.Z;

    /// <summary>False where propagation fails, or where the satellite leaves the bounds on its motion.</summary>
    public bool TrySample(Sgp4Propagator satellite)
    {
        var first = satellite.Elements.MinutesSinceEpoch(clock.Start);
        for (var i = 0; i < minutes.Length; i++)
            minutes[i] = first + (i * clock.Step / 60);
        satellite.Propagate(minutes, states);
        if (states.Errors.AsSpan(0, states.Length).ContainsAnyExcept(PropagationError.None))
            return false;
        var bounds = new MotionBounds(satellite);
        return Turn(bounds.MinRadius * bounds.MinRadius, bounds.MaxRadius * bounds.MaxRadius);
    }

    public Vector3d Position(int sample) => states.Position(sample);

    public Vector3d Velocity(int sample) => states.Velocity(sample);

    /// <summary>The state between two samples: cubic Hermite, within a metre for satellites near the Earth.</summary>
    public (Vector3d Position, Vector3d Velocity) At(double seconds)
    {
        var cell = Math.Clamp((int)(seconds / clock.Step), 0, clock.Count - 2);
        return Hermite.Between(
            Position(cell), Velocity(cell), Position(cell + 1), Velocity(cell + 1), clock.Step, (seconds / clock.Step) - cell);
    }

    /// <summary>From the inertial to the rotating frame, in place; false when a distance from the centre is out of bounds.</summary>
    private bool Turn(double leastSquare, double greatestSquare)
    {
        var (least, greatest) = (Vector512.Create(double.PositiveInfinity), Vector512<double>.Zero);
        var rotation = Vector512.Create(Wgs84.RotationRate);
        for (var i = 0; i < states.X.Length; i += NearEarthLanes.Width)
        {
            var (sin, cos) = (Vector512.Create(clock.Sin, i), Vector512.Create(clock.Cos, i));
            var (x, y, z) = (Vector512.Create(states.X, i), Vector512.Create(states.Y, i), Vector512.Create(states.Z, i));
            var (vx, vy) = (Vector512.Create(states.Vx, i), Vector512.Create(states.Vy, i));
            var square = (x * x) + (y * y) + (z * z);
            (least, greatest) = (Vector512.Min(least, square), Vector512.Max(greatest, square));
            var (fixedX, fixedY) = ((cos * x) + (sin * y), (cos * y) - (sin * x));
            fixedX.CopyTo(states.X, i);
            fixedY.CopyTo(states.Y, i);
            ((cos * vx) + (sin * vy) + (rotation * fixedY)).CopyTo(states.Vx, i);
            ((cos * vy) - (sin * vx) - (rotation * fixedX)).CopyTo(states.Vy, i);
        }

        return Vector512.GreaterThanAll(least, Vector512.Create(leastSquare)) && Vector512.LessThanAll(greatest, Vector512.Create(greatestSquare));
    }
}
