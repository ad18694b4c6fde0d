using Microsoft.Extensions.Logging;
using Orrery.Agent.Contacts;
using Orrery.Agent.Reporting;
using Orrery.Client.Agents;

namespace Orrery.Agent.Work;

/// <summary>Asks at intervals whether the stage at hand is still wanted.</summary>
internal sealed class StatusWatch(
    IAgentApi api, Outbox outbox, ContactGate gate, TimeProvider time, TimeSpan interval, ILogger logger)
{
    private const string Unknown = "it is not this agent's";

    /// <summary>Returns when the deployment has been cancelled, has failed or is not known; failed questions are asked again.</summary>
    public async Task UntilUnwanted(string deploymentId, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(interval, time, ct);
            await gate.Open(ct);
            if (await Status(deploymentId, ct) is ("cancelled" or "failed" or Unknown) and var status)
            {
                logger.Stopping(deploymentId, status);
                return;
            }
        }
    }

    private async Task<string?> Status(string deploymentId, CancellationToken ct)
    {
        if (outbox.IsGone(deploymentId))
            return Unknown;
        try
        {
            return await api.DeploymentStatus(deploymentId, ct);
        }
        catch (Exception e) when (ApiFailure.Is(e))
        {
            logger.CallFailed("status", e.Message);
            return null;
        }
    }
}
