using Microsoft.Extensions.Logging;
using Orrery.Agent.Journal;
using Orrery.Agent.Reporting;
using Orrery.Agent.Stages;

namespace Orrery.Agent.Work;

/// <summary>
/// One stage after another. It polls only when everything about the last stage is reported: to the server a poll means that
/// the agent has ended what it was doing.
/// </summary>
internal sealed class WorkLoop(
    AgentJournal journal, Outbox outbox, WorkPoll poll, StageExecutor executor, TimeProvider time, TimeSpan interval, ILogger logger)
{
    private static readonly TimeSpan FolderPause = TimeSpan.FromSeconds(5);

    public async Task Run(CancellationToken ct)
    {
        if (journal.Current is { } left)
            logger.Resumed(left.Work.DeploymentId, left.Position.Done.Count);
        while (!ct.IsCancellationRequested)
        {
            var unfinished = journal.Current is { } current && await Execute(current, ct) is not StageResult.Completed;
            if (journal.Current is not null)
                continue;
            await outbox.Emptied(ct);
            if (unfinished || !await poll.Ask(ct))
                await Task.Delay(interval, time, ct);
        }
    }

    private async Task<StageResult?> Execute(CurrentWork current, CancellationToken ct)
    {
        try
        {
            return await executor.Execute(current, ct);
        }
        catch (IOException e)
        {
            logger.FolderFailed(e.Message);
            await Task.Delay(FolderPause, time, ct);
            return null;
        }
    }
}
