namespace Orrery.Orbits;

internal static class BusClassRules
{
    public static IEnumerable<string> Problems(FleetConfiguration configuration)
    {
        if (!configuration.BusClasses.Any(b => b.Name == configuration.DefaultBusClass))
            yield return $"default_bus_class '{configuration.DefaultBusClass}' is none of bus_classes.";
        foreach (var twice in configuration.BusClasses.GroupBy(b => b.Name).Where(g => g.Count() > 1))
            yield return $"Bus class '{twice.Key}' is given {twice.Count()} times; names are unique.";
        foreach (var problem in configuration.BusClasses.SelectMany(Problems))
            yield return problem;
    }

    private static IEnumerable<string> Problems(BusClass bus)
    {
        var positive = new (string Member, double Value)[]
        {
            ("solar_w", bus.SolarW), ("compute_w", bus.ComputeW), ("battery_wh", bus.BatteryWh),
            ("heat_capacity_j_per_k", bus.HeatCapacityJPerK), ("radiator_w_per_k", bus.RadiatorWPerK),
            ("memory_mb", bus.MemoryMb), ("storage_mb", bus.StorageMb), ("tflops_sun", bus.TflopsSun),
        };
        var notNegative = new (string Member, double Value)[]
        {
            ("idle_w", bus.IdleW), ("compute_umbra_w", bus.ComputeUmbraW), ("tflops_umbra", bus.TflopsUmbra), ("swath_km", bus.SwathKm),
        };
        foreach (var (member, value) in positive.Where(p => !(p.Value > 0 && double.IsFinite(p.Value))))
            yield return $"Bus class '{bus.Name}': {member} is {value}, must be positive.";
        foreach (var (member, value) in notNegative.Where(p => !(p.Value >= 0 && double.IsFinite(p.Value))))
            yield return $"Bus class '{bus.Name}': {member} is {value}, must not be negative.";
        if (!(bus.BatteryReserveFraction is >= 0 and < 1))
            yield return $"Bus class '{bus.Name}': battery_reserve_fraction is {bus.BatteryReserveFraction}, must be from 0 to below 1.";
        if (!(Math.Max(bus.SunEnvironmentC, bus.UmbraEnvironmentC) < bus.ThermalLimitC))
            yield return $"Bus class '{bus.Name}': thermal_limit_c is {bus.ThermalLimitC}, must be above both environments.";
        if (string.IsNullOrWhiteSpace(bus.Source))
            yield return $"Bus class '{bus.Name}': source is empty.";
    }
}
