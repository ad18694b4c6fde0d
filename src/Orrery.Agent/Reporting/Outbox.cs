using System.Net;
using Microsoft.Extensions.Logging;
using Orrery.Agent.Contacts;
using Orrery.Agent.Journal;
using Orrery.Client;
using Orrery.Client.Agents;
using Orrery.Contracts.Deployments;

namespace Orrery.Agent.Reporting;

/// <summary>Sends what the journal holds, in order, until the server has it or will never take it.</summary>
internal sealed class Outbox(AgentJournal journal, IAgentApi api, ContactGate gate, TimeProvider time, ILogger logger)
{
    private const int LargestBatch = 100;

    private readonly Backoff backoff = new();
    private int batch = LargestBatch;
    private bool lost;
    private volatile string? gone;

    /// <summary>True when the server does not know a deployment, at least not as this agent's.</summary>
    public bool IsGone(string deploymentId) => gone == deploymentId;

    /// <summary>Sends until it is cancelled.</summary>
    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var changed = journal.Changed.Next;
            ct.ThrowIfCancellationRequested();
            if (journal.HasPending)
                await Send(ct);
            else
                await changed;
        }
    }

    /// <summary>Waits until nothing is left to be sent.</summary>
    public async Task Emptied(CancellationToken ct)
    {
        while (true)
        {
            var changed = journal.Changed.Next;
            ct.ThrowIfCancellationRequested();
            if (!journal.HasPending)
                return;
            await changed;
        }
    }

    private async Task Send(CancellationToken ct)
    {
        await gate.Open(ct);
        if (journal.Oldest(batch) is not { } events)
            return;
        try
        {
            var wait = Settle(events, await Post(events, ct));
            if (wait is null)
                Recovered();
            else
                await Wait(wait, ct);
        }
        catch (Exception e) when (ApiFailure.Is(e))
        {
            await Wait(e.Message, ct);
        }
    }

    private async Task<IReadOnlyList<EventPostResult>> Post(PendingEvents events, CancellationToken ct)
    {
        try
        {
            return await api.PostEvents(events.DeploymentId, events.Posts, ct);
        }
        catch (OrreryApiException refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            gone = events.DeploymentId;
            return All(events, refusal);
        }
        catch (OrreryApiException refusal) when (ApiFailure.IsFinal(refusal.Status))
        {
            if (events.Posts.Count == 1)
                return All(events, refusal);
            batch = 1;
            return [];
        }
    }

    /// <returns>Why some must be sent again later; null when none must.</returns>
    private string? Settle(PendingEvents events, IReadOnlyList<EventPostResult> results)
    {
        List<string> done = [];
        string? wait = null;
        foreach (var (post, result) in events.Posts.Zip(results))
        {
            var final = ApiFailure.IsFinal((HttpStatusCode)result.Status);
            if (final)
                logger.EventDropped(events.DeploymentId, post.Key!, result.Error ?? $"status {result.Status}");
            if (final || result.Status is >= 200 and < 300)
                done.Add(post.Key!);
            else
                wait ??= result.Error ?? $"status {result.Status}";
        }

        if (done.Count > 0)
            journal.Done(events.DeploymentId, done);
        return wait;
    }

    private async Task Wait(string reason, CancellationToken ct)
    {
        if (!lost)
            logger.LinkLost(reason);
        lost = true;
        await Task.Delay(backoff.Next(), time, ct);
    }

    private void Recovered()
    {
        backoff.Reset();
        if (!journal.HasPending)
            batch = LargestBatch;
        if (lost)
            logger.LinkBack();
        lost = false;
    }

    private static List<EventPostResult> All(PendingEvents events, OrreryApiException refusal) =>
        [.. events.Posts.Select(_ => new EventPostResult((int)refusal.Status, null, refusal.Message))];
}
