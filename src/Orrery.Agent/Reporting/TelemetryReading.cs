using Orrery.Agent.Journal;
using Orrery.Agent.Satellites;
using Orrery.Agent.Stages;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;

namespace Orrery.Agent.Reporting;

/// <summary>Telemetry from the model of the satellite, at the mission time of the stage at hand; without a model only its status.</summary>
internal sealed class TelemetryReading(AgentOptions options, AgentJournal journal, SatelliteState? state, TimeProvider time)
{
    public TelemetryRequest Take()
    {
        var current = journal.Current;
        var now = time.GetUtcNow();
        var mission = current is null ? now : new WallMissionClock(time, options.Speed, current.Since).Now;
        var seen = state?.Read(mission);
        return new()
        {
            AgentId = options.AgentId,
            Status = Status(seen?.Activity ?? (current is null ? SatelliteActivity.Idle : SatelliteActivity.Executing)),
            Timestamp = EventTime.From(now),
            BatteryPercent = Rounded(seen?.BatteryPercent, 1),
            TemperatureC = Rounded(seen?.TemperatureC, 1),
            Position = seen?.Position is not { } place ? null : new()
            {
                Lat = Rounded(place.LatitudeDeg, 4),
                Lon = Rounded(place.LongitudeDeg, 4),
                AltitudeKm = Rounded(place.HeightKm, 2),
                InEclipse = seen.InEclipse,
            },
        };
    }

    private static string Status(SatelliteActivity activity) => activity switch
    {
        SatelliteActivity.Executing => "executing",
        SatelliteActivity.Transferring => "transferring",
        _ => "idle",
    };

    private static double? Rounded(double? value, int digits) => value is { } number ? Math.Round(number, digits) : null;
}
