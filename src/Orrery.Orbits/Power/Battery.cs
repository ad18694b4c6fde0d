namespace Orrery.Orbits;

/// <summary>A battery that fills up to its capacity and is drawn down to a reserve.</summary>
/// <param name="CapacityWh">Wh, positive.</param>
/// <param name="ReserveFraction">Part that must stay, 0 … below 1.</param>
public readonly record struct Battery(double CapacityWh, double ReserveFraction)
{
    private const double SecondsPerHour = 3_600;

    public double ReserveWh => CapacityWh * ReserveFraction;

    /// <summary>The battery of a bus.</summary>
    public static Battery Of(BusClass bus) => new(bus.BatteryWh, bus.BatteryReserveFraction);

    /// <summary>Charge after each step; the balance is linear within a step and stops at full and at empty.</summary>
    /// <param name="chargeWh">At the beginning, Wh.</param>
    /// <param name="steps">In order.</param>
    public IEnumerable<double> Charge(double chargeWh, IEnumerable<LoadStep> steps)
    {
        foreach (var step in steps)
        {
            chargeWh = Math.Clamp(chargeWh + (step.Seconds * (step.GenerationW - step.LoadW) / SecondsPerHour), 0, CapacityWh);
            yield return chargeWh;
        }
    }

    /// <summary>Seconds from the beginning until the charge falls to the reserve; null when it never does.</summary>
    /// <inheritdoc cref="Charge"/>
    public double? UntilReserve(double chargeWh, IEnumerable<LoadStep> steps)
    {
        if (chargeWh <= ReserveWh)
            return 0;
        var elapsed = 0.0;
        foreach (var step in steps)
        {
            var net = (step.GenerationW - step.LoadW) / SecondsPerHour;
            var end = chargeWh + (step.Seconds * net);
            if (end <= ReserveWh)
                return elapsed + ((ReserveWh - chargeWh) / net);
            (chargeWh, elapsed) = (Math.Min(end, CapacityWh), elapsed + step.Seconds);
        }

        return null;
    }
}
