namespace Orrery.Agent.Stages;

/// <summary>Kinds of steps that an agent executes.</summary>
internal static class StepKinds
{
    public const string Compute = "compute";
    public const string InterSatellite = "isl_transfer";
    public const string Downlink = "downlink";
    public const string Uplink = "uplink";
    public const string Terrestrial = "terrestrial";

    public static bool IsKnown(string? kind) => kind is Compute or InterSatellite or Downlink or Uplink or Terrestrial;
}
