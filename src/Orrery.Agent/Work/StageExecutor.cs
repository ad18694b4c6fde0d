using Microsoft.Extensions.Logging;
using Orrery.Agent.Journal;
using Orrery.Agent.Stages;

namespace Orrery.Agent.Work;

/// <summary>Executes the stage that the journal holds, from where the journal stands, while it is wanted.</summary>
internal sealed class StageExecutor(
    AgentJournal journal, StageRunner runner, StatusWatch watch, TimeProvider time, double speed, ILogger logger)
{
    /// <exception cref="IOException">An event could not be recorded; the stage can be resumed.</exception>
    public async Task<StageResult> Execute(CurrentWork current, CancellationToken ct)
    {
        var deployment = current.Work.DeploymentId;
        using var stop = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = Watch(deployment, stop, over.Token);
        try
        {
            var clock = new WallMissionClock(time, speed, current.Since);
            var result = await runner.Run(current.Work, clock, current.Position, stop.Token, ct);
            journal.End(deployment);
            logger.Ended(deployment, result);
            return result;
        }
        finally
        {
            over.Cancel();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task Watch(string deployment, CancellationTokenSource stop, CancellationToken ct)
    {
        await watch.UntilUnwanted(deployment, ct);
        stop.Cancel();
    }
}
