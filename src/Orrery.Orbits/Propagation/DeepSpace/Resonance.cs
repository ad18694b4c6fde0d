namespace Orrery.Orbits;

/// <summary>Resonance with the Earth's rotation, integrated numerically from the epoch at every call, so that calls are pure.</summary>
internal abstract class Resonance
{
    /// <summary>Radians per minute.</summary>
    protected const double EarthRotation = 4.37526908801129966e-3;

    private const double StepMinutes = 720;
    private const double GreatestStepMinutes = 720;
    private readonly double meanMotionAtEpoch;
    private readonly double siderealAngleAtEpoch;

    protected Resonance(EpochOrbit orbit, double siderealAngle)
    {
        meanMotionAtEpoch = orbit.MeanMotion;
        siderealAngleAtEpoch = siderealAngle % Math.Tau;
    }

    /// <summary>Resonant angle at epoch.</summary>
    protected double AngleAtEpoch { get; init; }

    /// <summary>Rate of the resonant angle beside the mean motion.</summary>
    protected double AngleRate { get; init; }

    /// <summary>One-day resonance for periods of 20 to 30 hours, half-day for eccentric orbits of about 12 hours, else none.</summary>
    public static Resonance? For(EpochOrbit orbit, SecularRates rates, DeepSpace deepSpace, double siderealAngle) => orbit switch
    {
        { MeanMotion: > 0.0034906585 and < 0.0052359877 } => new OneDayResonance(orbit, rates, deepSpace, siderealAngle),
        { MeanMotion: >= 8.26e-3 and <= 9.24e-3, Eccentricity: >= 0.5 } => new HalfDayResonance(orbit, rates, deepSpace, siderealAngle),
        _ => null,
    };

    public void Apply(double t, ref MeanState mean)
    {
        var step = t < 0 ? -StepMinutes : StepMinutes;
        var time = 0.0;
        var (angle, motion) = (AngleAtEpoch, meanMotionAtEpoch);
        var (acceleration, jerk) = Forces(angle, time);
        while (Math.Abs(t - time) >= GreatestStepMinutes)
        {
            var speed = motion + AngleRate;
            angle += (speed * step) + (0.5 * step * step * acceleration);
            motion += (acceleration * step) + (0.5 * step * step * jerk * speed);
            time += step;
            (acceleration, jerk) = Forces(angle, time);
        }

        var rest = t - time;
        var finalSpeed = motion + AngleRate;
        mean.MeanMotion = motion + (acceleration * rest) + (0.5 * jerk * finalSpeed * rest * rest);
        var finalAngle = angle + (finalSpeed * rest) + (0.5 * acceleration * rest * rest);
        mean.MeanAnomaly = MeanAnomaly(finalAngle, (siderealAngleAtEpoch + (t * EarthRotation)) % Math.Tau, mean);
    }

    /// <summary>Rate of the mean motion, and its derivative by the resonant angle.</summary>
    protected abstract (double Acceleration, double Jerk) Forces(double angle, double time);

    protected abstract double MeanAnomaly(double angle, double siderealAngle, in MeanState mean);
}
