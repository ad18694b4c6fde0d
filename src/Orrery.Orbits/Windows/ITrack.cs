namespace Orrery.Orbits;

/// <summary>A satellite's motion over an interval.</summary>
internal interface ITrack
{
    Sgp4Propagator Satellite { get; }

    DateTimeOffset Start { get; }

    /// <summary>Seconds.</summary>
    double Duration { get; }

    /// <summary>State, km and km/s, TEME; false where there is none.</summary>
    /// <param name="seconds">Since <see cref="Start"/>.</param>
    /// <param name="position">km.</param>
    /// <param name="velocity">km/s.</param>
    bool TryState(double seconds, out Vector3d position, out Vector3d velocity);
}
