using System.Runtime.Intrinsics;

namespace Orrery.Orbits;

/// <summary>SGP4 and SDP4 (WGS72, improved mode): a satellite's state in the TEME frame at any time.</summary>
/// <remarks>
/// Immutable and safe for concurrent use; propagation allocates nothing. Hoots and Roehrich, Spacetrack Report No. 3 (1980);
/// Vallado, Crawford, Hujsak and Kelso, Revisiting Spacetrack Report #3, AIAA 2006-6753.
/// </remarks>
public sealed class Sgp4Propagator
{
    private readonly OrbitTheory theory;
    private NearEarthLanes? lanes;

    public Sgp4Propagator(ElementSet elements)
    {
        Elements = elements;
        theory = new OrbitTheory(elements);
    }

    public ElementSet Elements { get; }

    /// <summary>Least distance from the Earth's centre that the mean elements give at epoch, km.</summary>
    public double PerigeeRadiusKm => theory.PerigeeRadiusKm;

    /// <summary>Greatest distance from the Earth's centre that the mean elements give at epoch, km.</summary>
    public double ApogeeRadiusKm => theory.ApogeeRadiusKm;

    /// <summary>Whether the period is 225 minutes or more: the deep-space theory (SDP4), which batches run one state at a time.</summary>
    public bool IsDeepSpace => theory.NearEarth is null;

    internal NearEarthCoefficients? NearEarth => theory.NearEarth;

    /// <summary>State <paramref name="minutesSinceEpoch"/> minutes after the epoch.</summary>
    /// <param name="minutesSinceEpoch">Minutes, negative before the epoch.</param>
    /// <param name="positionTeme">km; zero on an error other than <see cref="PropagationError.Decayed"/>.</param>
    /// <param name="velocityTeme">km/s; zero on an error other than <see cref="PropagationError.Decayed"/>.</param>
    public PropagationError Propagate(double minutesSinceEpoch, out Vector3d positionTeme, out Vector3d velocityTeme) =>
        theory.State(minutesSinceEpoch, out positionTeme, out velocityTeme);

    /// <inheritdoc cref="Propagate(double, out Vector3d, out Vector3d)"/>
    public PropagationError Propagate(DateTimeOffset time, out Vector3d positionTeme, out Vector3d velocityTeme) =>
        Propagate(Elements.MinutesSinceEpoch(time), out positionTeme, out velocityTeme);

    /// <summary>States at many times, eight at once near the Earth; agrees with the other overloads to a millimetre, errors included.</summary>
    /// <param name="minutes">Minutes since the epoch.</param>
    /// <param name="states">As many as times or more.</param>
    /// <exception cref="ArgumentException">The arrays are shorter than the times.</exception>
    public void Propagate(ReadOnlySpan<double> minutes, StateArrays states)
    {
        if (states.Length < minutes.Length)
            throw new ArgumentException($"The arrays hold {states.Length} states, must hold {minutes.Length}.", nameof(states));
        if (theory.NearEarth is not { } nearEarth)
        {
            for (var i = 0; i < minutes.Length; i++)
                states.Set(i, Propagate(minutes[i], out var position, out var velocity), position, velocity);
            return;
        }

        var eight = lanes ??= NearEarthLanes.Of(nearEarth);
        var whole = minutes.Length - (minutes.Length % NearEarthLanes.Width);
        for (var i = 0; i < whole; i += NearEarthLanes.Width)
        {
            LaneTheory.States(eight, Vector512.Create(minutes.Slice(i, NearEarthLanes.Width)), out var found);
            states.Set(i, ref found);
        }

        if (whole == minutes.Length)
            return;
        Span<double> last = stackalloc double[NearEarthLanes.Width];
        last.Fill(minutes[^1]);
        minutes[whole..].CopyTo(last);
        LaneTheory.States(eight, Vector512.Create<double>(last), out var rest);
        states.Set(whole, ref rest);
    }

    /// <summary>States at many times; the spans are of equal length.</summary>
    public void Propagate(ReadOnlySpan<double> minutes, Span<Vector3d> positions, Span<Vector3d> velocities, Span<PropagationError> errors)
    {
        if (positions.Length != minutes.Length || velocities.Length != minutes.Length || errors.Length != minutes.Length)
            throw new ArgumentException("The spans are not of equal length.", nameof(minutes));
        for (var i = 0; i < minutes.Length; i++)
            errors[i] = Propagate(minutes[i], out positions[i], out velocities[i]);
    }
}
