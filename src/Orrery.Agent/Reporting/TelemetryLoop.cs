using Microsoft.Extensions.Logging;
using Orrery.Agent.Contacts;
using Orrery.Client.Agents;

namespace Orrery.Agent.Reporting;

/// <summary>Tells at intervals how the satellite is. What cannot be told is not kept: the next reading is newer.</summary>
internal sealed class TelemetryLoop(
    TelemetryReading reading, IAgentApi api, ContactGate gate, TimeProvider time, TimeSpan interval, ILogger logger)
{
    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await gate.Open(ct);
            try
            {
                await api.Telemetry(reading.Take(), ct);
            }
            catch (Exception e) when (ApiFailure.Is(e))
            {
                logger.CallFailed("telemetry", e.Message);
            }

            await Task.Delay(interval, time, ct);
        }
    }
}
