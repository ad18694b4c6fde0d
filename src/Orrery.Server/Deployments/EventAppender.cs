using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Orrery.Server.Events;
using Orrery.Server.Metrics;
using Orrery.Server.Storage;

namespace Orrery.Server.Deployments;

/// <summary>Group commit of reported events: what arrives while one transaction is on its way to disk goes together in the next.</summary>
internal sealed class EventAppender : IHostedService
{
    private const int QueueLimit = 65_536;
    private const int MostEvents = 20_000;
    private const int MostRequests = 2_048;

    private readonly IDatabase database;
    private readonly Signals signals;
    private readonly TimeProvider clock;
    private readonly Channel<AppendRequest> queue = Channel.CreateBounded<AppendRequest>(QueueLimit);
    private Task loop = Task.CompletedTask;

    public EventAppender(IDatabase database, Signals signals, TimeProvider clock)
    {
        this.database = database;
        this.signals = signals;
        this.clock = clock;
    }

    /// <summary>Returns when the events are on disk, with their side effects.</summary>
    public async Task<AppendResult> Append(AppendRequest request, CancellationToken ct)
    {
        await queue.Writer.WriteAsync(request, ct);
        return await request.Completion.Task;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // One loop: two would wait for each other's row locks whenever one workload is busy.
        loop = Task.Run(Loop, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        return loop;
    }

    private async Task Loop()
    {
        var batch = new List<AppendRequest>(MostRequests);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            var events = 0;
            while (batch.Count < MostRequests && events < MostEvents && queue.Reader.TryRead(out var request))
            {
                batch.Add(request);
                events += request.Events.Count;
            }
            if (batch.Count > 0)
                await Commit(batch, events);
        }
    }

    private async Task Commit(List<AppendRequest> batch, int events)
    {
        AppendBatch appended;
        try
        {
            appended = await database.Write(
                async work =>
                {
                    var fresh = new AppendBatch(clock.GetUtcNow());
                    await fresh.Apply(work, batch);
                    return fresh;
                },
                CancellationToken.None);
        }
        catch (Exception error)
        {
            foreach (var request in batch)
                request.Completion.TrySetException(error);
            return;
        }
        OrreryMetrics.EventsAppended.Add(events);
        for (var i = 0; i < batch.Count; i++)
            batch[i].Completion.TrySetResult(appended.Results[i]);
        foreach (var workload in appended.Workloads)
            signals.Publish(workload);
    }
}
