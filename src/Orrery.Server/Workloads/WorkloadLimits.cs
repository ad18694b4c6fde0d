namespace Orrery.Server.Workloads;

/// <summary>Limits on what a workload may ask for.</summary>
internal static class WorkloadLimits
{
    public const int LongestName = 128;
    public const int MostLabels = 64;
    public const int LongestLabelKey = 63;
    public const int LongestLabelValue = 256;
    public const int MostSatellites = 20_000;
    public const int MostStations = 1000;
    public const int MostLayers = 2000;
    public const int MostQualityTiers = 8;
    public const int MostStages = 64;
    public const int MostRounds = 100;
    public const int MostBatches = 1_000_000;
    public const int LongestEntryPoint = 256 * 1024;
    public const int LongestImage = 512;
    public const double LargestNumber = 1e9;
    public const double MostSpeed = 100_000;
    public const double DefaultSpeed = 100;
    public const int DefaultAttempts = 3;
    public const int MostAttempts = 20;
    public const double LongestHorizonH = 48;
    public const double DefaultHorizonH = 12;
    public const double DefaultElevationDeg = 5;
}
