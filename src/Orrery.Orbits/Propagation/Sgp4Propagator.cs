namespace Orrery.Orbits;

/// <summary>SGP4 and SDP4 (WGS72, improved mode): a satellite's state in the TEME frame at any time.</summary>
/// <remarks>
/// Immutable and safe for concurrent use; propagation allocates nothing. Hoots and Roehrich, Spacetrack Report No. 3 (1980);
/// Vallado, Crawford, Hujsak and Kelso, Revisiting Spacetrack Report #3, AIAA 2006-6753.
/// </remarks>
public sealed class Sgp4Propagator
{
    private readonly OrbitTheory theory;

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

    /// <summary>State <paramref name="minutesSinceEpoch"/> minutes after the epoch.</summary>
    /// <param name="minutesSinceEpoch">Minutes, negative before the epoch.</param>
    /// <param name="positionTeme">km; zero on an error other than <see cref="PropagationError.Decayed"/>.</param>
    /// <param name="velocityTeme">km/s; zero on an error other than <see cref="PropagationError.Decayed"/>.</param>
    public PropagationError Propagate(double minutesSinceEpoch, out Vector3d positionTeme, out Vector3d velocityTeme) =>
        theory.State(minutesSinceEpoch, out positionTeme, out velocityTeme);

    /// <inheritdoc cref="Propagate(double, out Vector3d, out Vector3d)"/>
    public PropagationError Propagate(DateTimeOffset time, out Vector3d positionTeme, out Vector3d velocityTeme) =>
        Propagate(Elements.MinutesSinceEpoch(time), out positionTeme, out velocityTeme);

    /// <summary>States at many times; the spans are of equal length.</summary>
    public void Propagate(ReadOnlySpan<double> minutes, Span<Vector3d> positions, Span<Vector3d> velocities, Span<PropagationError> errors)
    {
        if (positions.Length != minutes.Length || velocities.Length != minutes.Length || errors.Length != minutes.Length)
            throw new ArgumentException("The spans are not of equal length.", nameof(minutes));
        for (var i = 0; i < minutes.Length; i++)
            errors[i] = Propagate(minutes[i], out positions[i], out velocities[i]);
    }
}
