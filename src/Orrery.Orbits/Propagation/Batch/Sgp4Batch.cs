using System.Runtime.Intrinsics;

namespace Orrery.Orbits;

/// <summary>Many satellites at common times: eight near-earth satellites at once; deep space (periods of 225 minutes and more) one by one.</summary>
/// <remarks>Immutable and safe for concurrent use. Agrees with <see cref="Sgp4Propagator"/> to a millimetre, errors included.</remarks>
public sealed class Sgp4Batch
{
    private readonly Sgp4Propagator[] satellites;
    private readonly NearEarthLanes?[] blocks;
    private readonly int[] deepSpace;
    private readonly double[] minutesAtOrigin;
    private readonly DateTimeOffset origin;

    /// <param name="satellites">The order in which states are stored.</param>
    public Sgp4Batch(IReadOnlyList<Sgp4Propagator> satellites)
    {
        this.satellites = [.. satellites];
        origin = this.satellites.Length == 0 ? DateTimeOffset.UnixEpoch : this.satellites[0].Elements.Epoch;
        deepSpace = [.. Enumerable.Range(0, Count).Where(i => this.satellites[i].NearEarth is null)];
        var near = this.satellites.Select(s => s.NearEarth).ToArray();
        Stride = StateArrays.Padded(Count);
        blocks = [.. near.Chunk(NearEarthLanes.Width).Select(Block)];
        minutesAtOrigin = new double[Stride];
        for (var i = 0; i < Count; i++)
            minutesAtOrigin[i] = this.satellites[i].Elements.MinutesSinceEpoch(origin);
    }

    public int Count => satellites.Length;

    /// <summary>States from one time to the next in the arrays: <see cref="Count"/> rounded up to a multiple of eight.</summary>
    public int Stride { get; }

    /// <summary>Arrays for a number of times: the state of satellite s at time t is at t · <see cref="Stride"/> + s.</summary>
    public StateArrays Allocate(int times) => new(times * Stride);

    /// <summary>States of all satellites at each time.</summary>
    /// <param name="times">UTC.</param>
    /// <param name="states">From <see cref="Allocate"/> for as many times or more.</param>
    /// <param name="parallelism">Threads, 1 or more; −1 for as many as there are cores.</param>
    /// <exception cref="ArgumentException">The arrays are too short.</exception>
    public void Propagate(IReadOnlyList<DateTimeOffset> times, StateArrays states, int parallelism = 1)
    {
        if (states.Length < times.Count * Stride)
            throw new ArgumentException($"The arrays hold {states.Length} states, must hold {times.Count * Stride}.", nameof(states));
        var minutes = new double[times.Count];
        for (var i = 0; i < minutes.Length; i++)
            minutes[i] = (times[i] - origin).Ticks / (double)TimeSpan.TicksPerMinute;
        if (parallelism == 1)
        {
            for (var i = 0; i < blocks.Length; i++)
                Near(i, minutes, states);
        }
        else
        {
            Parallel.For(0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, i => Near(i, minutes, states));
        }

        foreach (var satellite in deepSpace)
            Deep(satellite, minutes, states);
    }

    /// <summary>Lanes without a near-earth satellite repeat one that is, and are overwritten or lie beyond the last satellite.</summary>
    private static NearEarthLanes? Block(NearEarthCoefficients?[] of)
    {
        if (of.FirstOrDefault(c => c is not null) is not { } stand)
            return null;
        var lanes = new NearEarthCoefficients[NearEarthLanes.Width];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = i < of.Length && of[i] is { } own ? own : stand;
        return new(lanes);
    }

    private void Near(int block, double[] minutes, StateArrays states)
    {
        if (blocks[block] is not { } lanes)
            return;
        var first = block * NearEarthLanes.Width;
        var offsets = Vector512.Create(minutesAtOrigin.AsSpan(first, NearEarthLanes.Width));
        for (var i = 0; i < minutes.Length; i++)
        {
            LaneTheory.States(lanes, offsets + Vector512.Create(minutes[i]), out var found);
            states.Set((i * Stride) + first, ref found);
        }
    }

    private void Deep(int satellite, double[] minutes, StateArrays states)
    {
        for (var i = 0; i < minutes.Length; i++)
        {
            var error = satellites[satellite].Propagate(minutesAtOrigin[satellite] + minutes[i], out var position, out var velocity);
            states.Set((i * Stride) + satellite, error, position, velocity);
        }
    }
}
