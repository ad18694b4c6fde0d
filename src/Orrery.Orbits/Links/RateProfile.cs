namespace Orrery.Orbits;

/// <summary>The rate of a link over one window, linear between samples; volumes are its integral.</summary>
public sealed class RateProfile
{
    private const double MegabitsPerMegabyte = 8;

    private readonly double[] seconds;
    private readonly double[] rates;
    private readonly double[] volumes;

    /// <param name="start">UTC.</param>
    /// <param name="samples">Seconds since the start, growing from 0 on, and Mbit/s there.</param>
    /// <exception cref="ArgumentException">Times that do not grow from 0, or a negative rate.</exception>
    public RateProfile(DateTimeOffset start, IReadOnlyList<(double Seconds, double Mbps)> samples)
    {
        if (samples.Count == 0 || samples[0].Seconds != 0)
            throw new ArgumentException("The first sample is not at the start.", nameof(samples));
        Start = start;
        seconds = [.. samples.Select(s => s.Seconds)];
        rates = [.. samples.Select(s => s.Mbps)];
        volumes = new double[seconds.Length];
        for (var i = 0; i < seconds.Length; i++)
        {
            if (!(rates[i] >= 0))
                throw new ArgumentException($"A rate is {rates[i]} Mbit/s, must not be negative.", nameof(samples));
            if (i > 0 && !(seconds[i] > seconds[i - 1]))
                throw new ArgumentException($"A sample at {seconds[i]} s follows one at {seconds[i - 1]} s; times must grow.", nameof(samples));
            volumes[i] = i == 0 ? 0 : volumes[i - 1] + ((rates[i - 1] + rates[i]) / 2 * (seconds[i] - seconds[i - 1]) / MegabitsPerMegabyte);
        }
    }

    /// <summary>UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>UTC.</summary>
    public DateTimeOffset End => Start.After(seconds[^1]);

    /// <summary>MB (10^6 bytes) over the whole window.</summary>
    public double VolumeMb => volumes[^1];

    /// <summary>Samples a rate over a window, evenly and at both ends.</summary>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC, after the start.</param>
    /// <param name="step">At most from one sample to the next.</param>
    /// <param name="mbps">Mbit/s at a time.</param>
    public static RateProfile Sample(DateTimeOffset start, DateTimeOffset end, TimeSpan step, Func<DateTimeOffset, double> mbps)
    {
        var duration = (end - start).TotalSeconds;
        var cells = Math.Max(1, (int)Math.Ceiling(duration / step.TotalSeconds));
        return new(start, [.. Enumerable.Range(0, cells + 1).Select(i => i * duration / cells).Select(s => (s, mbps(start.After(s))))]);
    }

    /// <summary>Of a pass over a station.</summary>
    public static RateProfile Of(Pass pass, Ephemeris satellite, GroundSite site, RadioLinkBudget budget, TimeSpan step) =>
        Sample(pass.Rise, pass.Set, step, time =>
        {
            var look = site.Look(satellite.EarthFixed(time).Position);
            return RadioLink.RateMbps(look.RangeKm, look.ElevationRad, budget);
        });

    /// <summary>Of a window between two satellites: no air.</summary>
    public static RateProfile Of(IslWindow window, Ephemeris a, Ephemeris b, RadioLinkBudget budget, TimeSpan step)
    {
        var vacuum = budget with { ZenithAttenuationDb = 0 };
        return Sample(window.Start, window.End, step, time =>
            RadioLink.RateMbps((a.Teme(time).Position - b.Teme(time).Position).Length, Math.PI / 2, vacuum));
    }

    /// <summary>MB from the start until a time; times outside the window count as its ends.</summary>
    public double VolumeUntilMb(DateTimeOffset time)
    {
        var at = Math.Clamp((time - Start).TotalSeconds, 0, seconds[^1]);
        var i = Array.BinarySearch(seconds, at);
        if (i >= 0)
            return volumes[i];
        i = ~i - 1;
        var elapsed = at - seconds[i];
        var slope = (rates[i + 1] - rates[i]) / (seconds[i + 1] - seconds[i]);
        return volumes[i] + (elapsed * (rates[i] + (slope * elapsed / 2)) / MegabitsPerMegabyte);
    }

    /// <summary>MB between two times.</summary>
    public double VolumeMbBetween(DateTimeOffset from, DateTimeOffset to) => Math.Max(0, VolumeUntilMb(to) - VolumeUntilMb(from));
}
