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

    /// <summary>What the computing step runs; null: it is only modelled.</summary>
    public ProgramWork? Program { get; init; }
}

/// <summary>A real program, run as a process while its stage computes.</summary>
public sealed record ProgramWork
{
    /// <summary>Shell source, run as <c>/bin/sh -c</c>.</summary>
    public required string Script { get; init; }

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>What is put into <c>ORRERY_INPUT_DIR</c> before it starts.</summary>
    public IReadOnlyList<ProgramFile> Inputs { get; init; } = [];

    /// <summary>Wall seconds after which it is killed.</summary>
    public required double TimeoutS { get; init; }

    public required long MemoryBytes { get; init; }

    /// <summary>Of all its output files together.</summary>
    public required long OutputBytes { get; init; }
}

/// <summary>A file for a program.</summary>
/// <param name="Path">Below the folder it belongs into: <c>name</c>, or <c>stage-2/name</c> for what stage 2 made.</param>
/// <param name="Sha256">Its content, in hexadecimal digits.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="Text">A small file comes along; null: it is fetched.</param>
public sealed record ProgramFile(string Path, string Sha256, long SizeBytes, string? Text = null);

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
