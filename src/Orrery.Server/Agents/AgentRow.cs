namespace Orrery.Server.Agents;

internal sealed record AgentRow
{
    public string Id { get; init; } = "";
    public string Owner { get; init; } = "";
    public string AgentId { get; init; } = "";
    public bool Shared { get; init; }
    public string? SatelliteId { get; init; }
    public string? SatelliteName { get; init; }
    public string? AgentVersion { get; init; }
    public double? OrbitAltitudeKm { get; init; }
    public string Status { get; init; } = "";
    public string? Telemetry { get; init; }
    public DateTimeOffset LastSeen { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
