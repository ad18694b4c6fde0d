namespace Orrery.Orbits;

internal static class LimitRules
{
    private const int LeastCorners = 3;

    private static readonly string[] LimitsWithSources = ["elements_age_note_days", "min_altitude_km"];

    public static IEnumerable<string> Problems(FleetConfiguration configuration)
    {
        var anomaly = configuration.SouthAtlanticAnomaly;
        if (!(configuration.ElementsAgeNoteDays > 0))
            yield return $"elements_age_note_days is {configuration.ElementsAgeNoteDays}, must be positive.";
        if (!(configuration.MinAltitudeKm >= 0))
            yield return $"min_altitude_km is {configuration.MinAltitudeKm}, must not be negative.";
        if (!(anomaly.MinHeightKm < anomaly.MaxHeightKm))
            yield return "south_atlantic_anomaly: min_height_km must be below max_height_km.";
        if (anomaly.Polygon.Count < LeastCorners)
            yield return $"south_atlantic_anomaly.polygon has {anomaly.Polygon.Count} corners, must have {LeastCorners} or more.";
        if (anomaly.Polygon.Any(p => !(p.LatitudeDeg is >= -90 and <= 90 && p.LongitudeDeg is >= -180 and <= 180)))
            yield return "south_atlantic_anomaly.polygon has a corner off the map: latitudes are from -90 to 90, longitudes from -180 to 180.";
        if (string.IsNullOrWhiteSpace(anomaly.Source))
            yield return "south_atlantic_anomaly.source is empty.";
        foreach (var member in LimitsWithSources.Where(m => !configuration.Sources.ContainsKey(m)))
            yield return $"sources names none for {member}.";
    }
}
