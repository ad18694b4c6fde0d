using Microsoft.Extensions.Logging;
using Orrery.Agent.Contacts;
using Orrery.Agent.Journal;
using Orrery.Agent.Reporting;
using Orrery.Client;
using Orrery.Client.Agents;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Work;

/// <summary>Asks for work, and puts it into the journal.</summary>
internal sealed class WorkPoll(
    AgentJournal journal, IAgentApi api, ContactGate gate, TimeProvider time, RegisterRequest registration, ILogger logger)
{
    private bool registered;

    /// <returns>True when there is work to do now.</returns>
    public async Task<bool> Ask(CancellationToken ct)
    {
        await gate.Open(ct);
        try
        {
            await Register(ct);
            if (await api.Poll(ct) is not { } work)
                return false;
            journal.Begin(work, time.GetUtcNow());
            logger.Taken(work.DeploymentId, work.PlanData.StageIndex, work.PlanData.Role);
            return true;
        }
        catch (Exception e) when (ApiFailure.Is(e))
        {
            logger.PollFailed(e.Message);
            return false;
        }
    }

    private async Task Register(CancellationToken ct)
    {
        if (registered)
            return;
        try
        {
            await api.Register(registration, ct);
        }
        catch (OrreryApiException refusal)
        {
            logger.RegistrationRefused(refusal.Message);
        }

        registered = true;
    }
}
