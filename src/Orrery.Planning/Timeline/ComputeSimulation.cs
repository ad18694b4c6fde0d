using Orrery.Orbits;

namespace Orrery.Planning.Timeline;

/// <summary>
/// The compute profile of a satellite that computes whenever it can, from a full battery at the start. A stage that runs inside the
/// profile runs at most as much, so it always has the power and the cooling that it needs.
/// </summary>
/// <remarks>
/// A fluid model: at the battery's reserve the rate falls to what the Sun supports; at the thermal limit to what the radiator carries
/// off. One thermal node: C dT/dt = idle + computing − k (T − T of the environment), solved exactly within a step.
/// </remarks>
internal struct ComputeSimulation
{
    private const double SecondsPerHour = 3600;
    private const double Smallest = 1e-6;
    private const double SameRate = 1e-12;

    private readonly BusClass bus;
    private readonly double reserveJ;
    private readonly double fullJ;
    private double energyJ;
    private double temperatureC;

    private ComputeSimulation(BusClass bus)
    {
        this.bus = bus;
        fullJ = bus.BatteryWh * SecondsPerHour;
        reserveJ = fullJ * bus.BatteryReserveFraction;
        energyJ = fullJ;
        temperatureC = Math.Min(bus.ThermalLimitC, bus.SunEnvironmentC + (bus.IdleW / bus.RadiatorWPerK));
    }

    /// <summary>Runs the model over steps of light.</summary>
    public static ComputeProfile Run(BusClass bus, IEnumerable<LightStep> light)
    {
        var simulation = new ComputeSimulation(bus);
        var tflop = new List<Cell>();
        var duty = new List<Cell>();
        foreach (var step in light)
        {
            var rate = step.Umbra ? bus.TflopsUmbra : bus.TflopsSun;
            for (var time = step.Start; time < step.End;)
            {
                var (seconds, share) = simulation.Advance(step, step.End - time);
                var end = step.End - time - seconds < Smallest ? step.End : time + seconds;
                if (share > 0)
                {
                    var tag = step.Umbra ? ComputeProfile.Umbra : ComputeProfile.Sunlit;
                    Append(tflop, new(time, end, share * rate * (end - time), tag), share * rate);
                    Append(duty, new(time, end, share * (end - time), tag), share);
                }

                time = end;
            }
        }

        return new(new([.. tflop]), new([.. duty]));
    }

    /// <summary>A step at the rate of the one before makes that longer.</summary>
    private static void Append(List<Cell> cells, Cell next, double rate)
    {
        if (cells.Count > 0 && cells[^1] is var last && last.Tag == next.Tag && last.End == next.Start
            && Math.Abs(last.Amount - (rate * (last.End - last.Start))) <= SameRate * last.Amount)
            cells[^1] = last with { End = next.End, Amount = rate * (next.End - last.Start) };
        else
            cells.Add(next);
    }

    /// <summary>Goes on until a limit is reached, at most <paramref name="longest"/> seconds, and says at what share of the full rate.</summary>
    private (double Seconds, double Share) Advance(LightStep light, double longest)
    {
        var draw = light.Umbra ? bus.ComputeUmbraW : bus.ComputeW;
        var environment = bus.UmbraEnvironmentC + ((bus.SunEnvironmentC - bus.UmbraEnvironmentC) * light.Sun);
        var spare = (bus.SolarW * light.Sun) - bus.IdleW;
        var share = Math.Min(PowerShare(spare, draw), HeatShare(environment, draw));
        var net = spare - (share * draw);
        var settled = environment + ((bus.IdleW + (share * draw)) / bus.RadiatorWPerK);
        var seconds = Math.Max(Smallest, Math.Min(longest, Math.Min(UntilReserve(net), UntilHot(settled))));
        energyJ = Math.Min(fullJ, energyJ + (net * seconds));
        temperatureC = settled + ((temperatureC - settled) * Math.Exp(-seconds * bus.RadiatorWPerK / bus.HeatCapacityJPerK));
        return (seconds, share);
    }

    private readonly double PowerShare(double spare, double draw) =>
        energyJ > reserveJ + Smallest || draw <= 0 ? 1 : energyJ < reserveJ - Smallest ? 0 : Math.Clamp(spare / draw, 0, 1);

    private readonly double HeatShare(double environment, double draw) => temperatureC < bus.ThermalLimitC - Smallest || draw <= 0
        ? 1
        : Math.Clamp(((bus.RadiatorWPerK * (temperatureC - environment)) - bus.IdleW) / draw, 0, 1);

    private readonly double UntilReserve(double net)
    {
        var distance = reserveJ - energyJ;
        return Math.Abs(distance) > Smallest && net != 0 && distance / net > 0 ? distance / net : double.PositiveInfinity;
    }

    private readonly double UntilHot(double settled) => settled <= bus.ThermalLimitC || temperatureC >= bus.ThermalLimitC - Smallest
        ? double.PositiveInfinity
        : bus.HeatCapacityJPerK / bus.RadiatorWPerK * Math.Log((settled - temperatureC) / (settled - bus.ThermalLimitC));
}
