namespace Orrery.Orbits;

/// <summary>Many satellites' positions over an interval, sampled evenly and interpolated between by quintics, in 12 bytes a sample.</summary>
/// <remarks>How far interpolation is from SGP4 says <see cref="PositionErrorKm"/>. Immutable and safe for concurrent use.</remarks>
public sealed class FleetEphemeris
{
    private readonly CompactTrack[] tracks;

    private FleetEphemeris(DateTimeOffset start, TimeSpan step, int cells, CompactTrack[] tracks) =>
        (Start, Step, Cells, this.tracks) = (start, step, cells, tracks);

    /// <summary>UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>UTC; a whole number of steps from the start, at or after the end that was asked for.</summary>
    public DateTimeOffset End => Start + (Cells * Step);

    public TimeSpan Step { get; }

    /// <summary>Steps from the start to the end.</summary>
    public int Cells { get; }

    public int Count => tracks.Length;

    /// <summary>Samples SGP4 between two times.</summary>
    /// <param name="satellites">The order in which they are asked for.</param>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC.</param>
    /// <param name="step">From one sample to the next.</param>
    /// <param name="parallelism">Threads, 1 or more; −1 for as many as there are cores.</param>
    /// <exception cref="ArgumentException">The end is before the start, or the step is not positive.</exception>
    public static FleetEphemeris Sample(
        IReadOnlyList<Sgp4Propagator> satellites, DateTimeOffset start, DateTimeOffset end, TimeSpan step, int parallelism = -1)
    {
        if (end < start)
            throw new ArgumentException("The end is before the start.", nameof(end));
        if (step <= TimeSpan.Zero)
            throw new ArgumentException("The step is not positive.", nameof(step));
        var cells = Math.Max(1, (int)Math.Ceiling((end - start) / step));
        var samples = cells + CompactTrack.Points - 1;
        var sampled = new CompactTrack[satellites.Count];
        Parallel.For(
            0,
            satellites.Count,
            new ParallelOptions { MaxDegreeOfParallelism = parallelism },
            () => (Minutes: new double[samples], States: new StateArrays(samples)),
            (i, _, scratch) =>
            {
                sampled[i] = Track(satellites[i], start, step, scratch.Minutes, scratch.States);
                return scratch;
            },
            _ => { });
        return new(start, step, cells, sampled);
    }

    /// <summary>How far a satellite's interpolated positions are from SGP4's at most, km; below 1 cm at 550 km and a step of a minute. Deep space: not where SDP4 itself jumps.</summary>
    public double PositionErrorKm(int satellite) => tracks[satellite].ErrorKm;

    /// <summary>State in TEME; false outside the interval, and from three steps before the time at which propagation fails.</summary>
    /// <param name="satellite">Index.</param>
    /// <param name="time">UTC.</param>
    /// <param name="position">km.</param>
    /// <param name="velocity">km/s: the derivative of the position, from which SGP4's own velocity differs by metres per second in places.</param>
    public bool TryTeme(int satellite, DateTimeOffset time, out Vector3d position, out Vector3d velocity)
    {
        (position, velocity) = (default, default);
        var track = tracks[satellite];
        var steps = (time - Start) / Step;
        if (!(steps >= 0 && steps <= Cells))
            return false;
        var cell = Math.Min((int)steps, Cells - 1);
        if (cell + CompactTrack.Points > track.Valid)
            return false;
        (position, var rate) = track.At(cell, steps - cell + CompactTrack.Before);
        velocity = 1 / Step.TotalSeconds * rate;
        return true;
    }

    private static CompactTrack Track(Sgp4Propagator satellite, DateTimeOffset start, TimeSpan step, double[] minutes, StateArrays states)
    {
        var first = satellite.Elements.MinutesSinceEpoch(start);
        for (var i = 0; i < minutes.Length; i++)
            minutes[i] = first + ((i - CompactTrack.Before) * step.TotalMinutes);
        satellite.Propagate(minutes, states);
        var failed = states.Errors.AsSpan(0, states.Length).IndexOfAnyExcept(PropagationError.None);
        return new(states, failed < 0 ? states.Length : failed);
    }
}
