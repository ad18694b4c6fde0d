namespace Orrery.Planning.Verification.Checks;

/// <summary>A satellite's battery, full at first, and its temperature, at first that at which it settles without computing.</summary>
/// <remarks>Heat: C·dT/dt = P − G·(T − T_environment), P all power that is drawn, the environment linear in the visible part of the Sun.</remarks>
internal sealed class PowerState
{
    private const double FineStepS = 1;
    private const double SecondsPerHour = 3600;

    private readonly ObservedSatellite satellite;
    private double light;

    public PowerState(ObservedSatellite satellite, DateTimeOffset start)
    {
        this.satellite = satellite;
        Time = start;
        light = satellite.Light(start);
        ChargeWh = satellite.Bus.BatteryWh;
        TemperatureC = EnvironmentC(light) + (satellite.Bus.IdleW / satellite.Bus.RadiatorWPerK);
    }

    public DateTimeOffset Time { get; private set; }

    public double ChargeWh { get; private set; }

    public double TemperatureC { get; private set; }

    /// <summary>Goes on by some seconds at a share of the full rate, in finer steps where the light changes.</summary>
    public void Step(double seconds, double share)
    {
        var until = Time.AddSeconds(seconds);
        var next = satellite.Light(until);
        var isSteady = next == light && next is 0 or 1;
        if (!isSteady && seconds > FineStepS)
        {
            while (Time < until)
                Advance(Math.Min(FineStepS, Time.SecondsTo(until)), share);
            return;
        }

        Advance(seconds, share);
    }

    private void Advance(double seconds, double share)
    {
        var bus = satellite.Bus;
        Time = Time.AddSeconds(seconds);
        var next = satellite.Light(Time);
        var mean = (light + next) / 2;
        var load = bus.IdleW + (share * (mean <= 0 ? bus.ComputeUmbraW : bus.ComputeW));
        ChargeWh = Math.Min(bus.BatteryWh, ChargeWh + (((bus.SolarW * mean) - load) * seconds / SecondsPerHour));
        TemperatureC += (load - (bus.RadiatorWPerK * (TemperatureC - EnvironmentC(mean)))) * seconds / bus.HeatCapacityJPerK;
        light = next;
    }

    private double EnvironmentC(double visible) =>
        satellite.Bus.UmbraEnvironmentC + (visible * (satellite.Bus.SunEnvironmentC - satellite.Bus.UmbraEnvironmentC));
}
