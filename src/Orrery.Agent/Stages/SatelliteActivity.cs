namespace Orrery.Agent.Stages;

/// <summary>What loads a satellite; on the wire the status of its telemetry.</summary>
public enum SatelliteActivity
{
    Idle,
    Executing,
    Transferring,
}
