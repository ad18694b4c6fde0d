namespace Orrery.Orbits;

/// <summary>SDP4's additions: Sun and Moon, and resonance with the Earth's rotation.</summary>
internal sealed class DeepSpace
{
    private readonly BodyPull sun;
    private readonly BodyPull moon;
    private readonly Resonance? resonance;

    public DeepSpace(EpochOrbit orbit, SecularRates rates, JulianDate epoch)
    {
        var days = LunarSolarEphemeris.Days(epoch);
        sun = new BodyPull(orbit, LunarSolarEphemeris.Sun(days, orbit.Node));
        moon = new BodyPull(orbit, LunarSolarEphemeris.Moon(days, orbit.Node));
        resonance = Resonance.For(orbit, rates, this, Frames.Gmst(epoch));
    }

    public double AnomalyRate => sun.AnomalyRate + moon.AnomalyRate;

    public double PerigeeRate => sun.PerigeeRate + moon.PerigeeRate;

    public double NodeRate => sun.NodeRate + moon.NodeRate;

    public void AddSecular(double t, ref MeanState mean)
    {
        mean.Eccentricity += (sun.EccentricityRate + moon.EccentricityRate) * t;
        mean.Inclination += (sun.InclinationRate + moon.InclinationRate) * t;
        mean.Perigee += PerigeeRate * t;
        mean.Node += NodeRate * t;
        mean.MeanAnomaly += AnomalyRate * t;
        resonance?.Apply(t, ref mean);
    }

    public void AddPeriodic(double t, ref MeanState mean)
    {
        var shift = default(PeriodicShift);
        sun.AddPeriodic(t, ref shift);
        moon.AddPeriodic(t, ref shift);
        shift.Apply(ref mean);
    }
}
