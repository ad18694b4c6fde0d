namespace Orrery.Orbits;

internal static class FleetConfigurationValidator
{
    public static IReadOnlyList<string> Problems(FleetConfiguration configuration) =>
    [
        .. BusClassRules.Problems(configuration),
        .. GroundStationRules.Problems(configuration.GroundStations),
        .. LinkRules.Problems(configuration),
        .. RadioRules.Problems(configuration.RadioLinks),
        .. LimitRules.Problems(configuration),
    ];
}
