using System.Text.Json;
using Orrery.Contracts.Json;

namespace Orrery.Contracts.Agents;

public sealed record RegisterRequest
{
    public string? AgentId { get; init; }

    public SatelliteRef? SatelliteId { get; init; }

    public string? SatelliteName { get; init; }

    public double? OrbitAltitudeKm { get; init; }

    public string? AgentVersion { get; init; }
}

public sealed record RegisterResponse(string Id, string Status);

/// <summary>Work for an agent. <c>Events</c> is the script made from the plan; <c>PlanData</c> is what our own agent executes.</summary>
public sealed record AgentWork
{
    public required string PlanId { get; init; }

    public required string DeploymentId { get; init; }

    public required string SatelliteId { get; init; }

    public required StageWork PlanData { get; init; }

    public required IReadOnlyList<ScriptedEvent> Events { get; init; }
}

/// <summary>An element of the script; every member is always present, flying agents drop an answer that lacks one.</summary>
public sealed record ScriptedEvent(string Type, EventTime Timestamp, string JobId, string? StepId, JsonElement Payload);

/// <summary>One stage as an agent executes it.</summary>
public sealed record StageWork
{
    public required string WorkloadId { get; init; }

    public required int StageIndex { get; init; }

    public required int StageCount { get; init; }

    public required string Role { get; init; }

    public required int Round { get; init; }

    public required int Attempt { get; init; }

    public required string JobId { get; init; }

    /// <summary>Planned times gate the steps (policy.wait_for_windows, or a simulated run).</summary>
    public required bool WaitForWindows { get; init; }

    public required IReadOnlyList<StepWork> Steps { get; init; }
}

/// <summary>A step of a stage, in order.</summary>
/// <param name="Id">Unique within the stage, like <c>compute</c> or <c>transfer-0</c>.</param>
/// <param name="Kind">compute, isl_transfer, downlink, uplink or terrestrial.</param>
/// <param name="PlannedStart">Mission time.</param>
/// <param name="PlannedEnd">Mission time.</param>
/// <param name="DurationS">Mission seconds of work.</param>
/// <param name="Mb">Data moved, or produced by a computing step.</param>
/// <param name="From">Node that sends (a transfer).</param>
/// <param name="To">Node that receives (a transfer).</param>
/// <param name="Contact">The contact used (a transfer).</param>
public sealed record StepWork(
    string Id, string Kind, DateTimeOffset PlannedStart, DateTimeOffset PlannedEnd, double DurationS, double Mb,
    string? From, string? To, string? Contact);

public sealed record TelemetryRequest
{
    public string? AgentId { get; init; }

    /// <summary>idle, executing, transferring or offline.</summary>
    public string? Status { get; init; }

    public EventTime? Timestamp { get; init; }

    public double? CpuPercent { get; init; }

    public double? MemoryMb { get; init; }

    public double? BatteryPercent { get; init; }

    public double? TemperatureC { get; init; }

    public TelemetryPosition? Position { get; init; }

    public JsonElement? ComputeCapacity { get; init; }
}

public sealed record TelemetryPosition
{
    public double? Lat { get; init; }

    public double? Lon { get; init; }

    public double? AltitudeKm { get; init; }

    public bool? InEclipse { get; init; }
}

public sealed record TelemetryResponse(bool Ok, string? DeploymentStatus);

public sealed record AgentDeploymentResponse(string Status);
