namespace Orrery.Orbits;

/// <summary>A track that asks SGP4 each time: right for one search.</summary>
internal sealed class ExactTrack : ITrack
{
    private readonly double firstMinute;

    public ExactTrack(Sgp4Propagator satellite, DateTimeOffset start, DateTimeOffset end)
    {
        if (end < start)
            throw new ArgumentException("The end is before the start.", nameof(end));
        Satellite = satellite;
        Start = start;
        Duration = (end - start).TotalSeconds;
        firstMinute = satellite.Elements.MinutesSinceEpoch(start);
    }

    public Sgp4Propagator Satellite { get; }

    public DateTimeOffset Start { get; }

    public double Duration { get; }

    public bool TryState(double seconds, out Vector3d position, out Vector3d velocity) =>
        Satellite.Propagate(firstMinute + (seconds / 60.0), out position, out velocity) == PropagationError.None;
}
