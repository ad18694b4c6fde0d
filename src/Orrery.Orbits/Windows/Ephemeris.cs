namespace Orrery.Orbits;

/// <summary>One satellite's states over an interval, sampled once and interpolated between (cubic Hermite), to be shared by many searches.</summary>
/// <remarks>Within 10 m of SGP4. Immutable and safe for concurrent use.</remarks>
public sealed class Ephemeris : ITrack
{
    /// <summary>What the step is chosen for, km: h⁴/384 · ω⁴r of the perigee.</summary>
    private const double InterpolationErrorKm = 1e-4;

    private const double GreatestStepSeconds = 300;

    /// <summary>Rounding that the ends forgive.</summary>
    private const double EdgeSeconds = 1e-6;

    private readonly Vector3d[] positions;
    private readonly Vector3d[] velocities;
    private readonly double step;
    private readonly JulianDate startDate;

    private Ephemeris(
        Sgp4Propagator satellite, DateTimeOffset start, double duration, double step, Vector3d[] positions, Vector3d[] velocities, PropagationError error)
    {
        (Satellite, Start, Duration, Error) = (satellite, start, duration, error);
        (this.step, this.positions, this.velocities) = (step, positions, velocities);
        startDate = JulianDate.From(start);
        var bounds = new MotionBounds(satellite);
        MaxGroundRate = (bounds.MaxSpeed / bounds.MinRadius) + Wgs84.RotationRate;
    }

    public Sgp4Propagator Satellite { get; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>UTC; the end that was asked for, or the last sample before propagation failed.</summary>
    public DateTimeOffset End => Start.After(Duration);

    /// <summary>Why the ephemeris ends before the end that was asked for.</summary>
    public PropagationError Error { get; }

    /// <summary>Seconds.</summary>
    public double Duration { get; }

    /// <summary>Seen from the turning Earth, its direction from the Earth's centre turns no faster, rad/s.</summary>
    public double MaxGroundRate { get; }

    /// <summary>Samples SGP4 between two times.</summary>
    public static Ephemeris Sample(Sgp4Propagator satellite, DateTimeOffset start, DateTimeOffset end)
    {
        if (end < start)
            throw new ArgumentException("The end is before the start.", nameof(end));
        var duration = (end - start).TotalSeconds;
        var steps = Math.Max(1, (int)Math.Ceiling(duration / StepFor(satellite)));
        var interval = Math.Max(duration / steps, 1e-3);
        var sampledPositions = new Vector3d[steps + 1];
        var sampledVelocities = new Vector3d[steps + 1];
        var first = satellite.Elements.MinutesSinceEpoch(start);
        for (var i = 0; i <= steps; i++)
        {
            var error = satellite.Propagate(first + (i * interval / 60), out sampledPositions[i], out sampledVelocities[i]);
            if (error != PropagationError.None)
                return new(satellite, start, Math.Max(0, i - 1) * interval, interval, sampledPositions[..i], sampledVelocities[..i], error);
        }

        return new(satellite, start, duration, interval, sampledPositions, sampledVelocities, PropagationError.None);
    }

    /// <summary>State in TEME, km and km/s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the ephemeris.</exception>
    public (Vector3d Position, Vector3d Velocity) Teme(DateTimeOffset time) =>
        TryState((time - Start).TotalSeconds, out var position, out var velocity)
            ? (position, velocity)
            : throw new ArgumentOutOfRangeException(nameof(time), time, $"The ephemeris covers {Start:O} to {End:O}.");

    /// <summary>State in the Earth-fixed frame, km and km/s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside the ephemeris.</exception>
    public (Vector3d Position, Vector3d Velocity) EarthFixed(DateTimeOffset time)
    {
        var (position, velocity) = Teme(time);
        return Frames.ToEarthFixed(position, velocity, Frames.Gmst(startDate.AddSeconds((time - Start).TotalSeconds)));
    }

    bool ITrack.TryState(double seconds, out Vector3d position, out Vector3d velocity) => TryState(seconds, out position, out velocity);

    private bool TryState(double seconds, out Vector3d position, out Vector3d velocity)
    {
        (position, velocity) = (default, default);
        if (positions.Length < 2 || !(seconds >= -EdgeSeconds && seconds <= Duration + EdgeSeconds))
            return false;
        var cell = Math.Clamp((int)(seconds / step), 0, positions.Length - 2);
        var s = (seconds / step) - cell;
        (position, velocity) = Hermite.Between(positions[cell], velocities[cell], positions[cell + 1], velocities[cell + 1], step, s);
        return true;
    }

    private static double StepFor(Sgp4Propagator satellite)
    {
        var bounds = new MotionBounds(satellite);
        var angularSpeed = bounds.MaxSpeed / bounds.MinRadius;
        var angle = Math.Pow(InterpolationErrorKm * 384 / bounds.MinRadius, 0.25);
        return Math.Min(GreatestStepSeconds, angle / angularSpeed);
    }
}
