namespace Orrery.Orbits;

internal static class GroundStationRules
{
    private const double DeepestM = -500;
    private const double HighestM = 9_000;

    public static IEnumerable<string> Problems(IReadOnlyList<GroundStation> stations)
    {
        foreach (var twice in stations.GroupBy(s => s.Id).Where(g => g.Count() > 1))
            yield return $"Ground station '{twice.Key}' is given {twice.Count()} times; ids are unique.";
        foreach (var problem in stations.SelectMany(Problems))
            yield return problem;
    }

    private static IEnumerable<string> Problems(GroundStation station)
    {
        if (string.IsNullOrWhiteSpace(station.Id))
            yield return $"Ground station '{station.Name}': id is empty.";
        if (!(station.LatitudeDeg is >= -90 and <= 90))
            yield return $"Ground station '{station.Id}': latitude_deg is {station.LatitudeDeg}, must be from -90 to 90.";
        if (!(station.LongitudeDeg is >= -180 and <= 180))
            yield return $"Ground station '{station.Id}': longitude_deg is {station.LongitudeDeg}, must be from -180 to 180.";
        if (!(station.HeightM is >= DeepestM and <= HighestM))
            yield return $"Ground station '{station.Id}': height_m is {station.HeightM}, must be from {DeepestM} to {HighestM}.";
        if (!(station.ElevationMaskDeg is >= 0 and < 90))
            yield return $"Ground station '{station.Id}': elevation_mask_deg is {station.ElevationMaskDeg}, must be from 0 to below 90.";
        if (string.IsNullOrWhiteSpace(station.Source))
            yield return $"Ground station '{station.Id}': source is empty.";
    }
}
