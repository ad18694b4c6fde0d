using Orrery.Contracts.Agents;
using Orrery.Server.Errors;

namespace Orrery.Server.Agents;

/// <summary>Limits on what agents say of themselves.</summary>
internal static class AgentRules
{
    private const int LongestText = 128;
    private static readonly string[] Statuses = ["idle", "executing", "transferring", "offline"];

    public static void Check(RegisterRequest request, AgentIdentity agent)
    {
        CheckId("agent_id", request.AgentId, agent);
        if (agent.BoundSatellite is { } bound && request.SatelliteId is { } other && other.Value != bound)
            throw Refuse.Forbidden("This key belongs to an agent of another satellite.");
        if (request.SatelliteId is { } satellite && (!int.TryParse(satellite.Value, out var number) || number <= 0))
            throw Refuse.Invalid("satellite_id", "must be a NORAD number");
        CheckText("satellite_name", request.SatelliteName);
        CheckText("agent_version", request.AgentVersion);
        CheckRange("orbit_altitude_km", request.OrbitAltitudeKm, 0, 1_000_000);
    }

    public static void Check(TelemetryRequest request, AgentIdentity agent)
    {
        CheckId("agent_id", request.AgentId, agent);
        if (!Statuses.Contains(request.Status))
            throw Refuse.Invalid("status", $"must be one of: {string.Join(", ", Statuses)}");
        if (request.Timestamp is null)
            throw Refuse.Invalid("timestamp", "is required: an RFC 3339 time with an offset, like 2026-03-07T14:23:45Z");
        CheckRange("cpu_percent", request.CpuPercent, 0, 100_000);
        CheckRange("memory_mb", request.MemoryMb, 0, 1e12);
        CheckRange("battery_percent", request.BatteryPercent, 0, 100);
        CheckRange("temperature_c", request.TemperatureC, -273.15, 10_000);
        CheckRange("position.lat", request.Position?.Lat, -90, 90);
        CheckRange("position.lon", request.Position?.Lon, -360, 360);
        CheckRange("position.altitude_km", request.Position?.AltitudeKm, -100, 10_000_000);
    }

    private static void CheckId(string field, string? id, AgentIdentity agent)
    {
        if (id is null)
            throw Refuse.Invalid(field, "is required");
        if (id != agent.AgentId)
            throw Refuse.Forbidden("agent_id and X-Agent-ID differ.");
    }

    private static void CheckText(string field, string? text)
    {
        if (text is not null && (text.Length > LongestText || text.Any(char.IsControl)))
            throw Refuse.Invalid(field, $"must be at most {LongestText} printable characters");
    }

    private static void CheckRange(string field, double? value, double least, double most)
    {
        if (value is { } number && !(number >= least && number <= most))
            throw Refuse.Invalid(field, $"must be from {least} to {most}");
    }
}
