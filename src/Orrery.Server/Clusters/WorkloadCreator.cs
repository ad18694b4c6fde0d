using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters;

/// <summary>Group commit of new workloads: what arrives while one transaction is on its way to disk goes together in the next.</summary>
internal sealed class WorkloadCreator(IDatabase database, ClusterStore store, ClusterHost clusters, Signals signals) : IHostedService
{
    private const int QueueLimit = 65_536;
    private const int MostTogether = 2_048;
    private const int MostAttempts = 20;

    /// <summary>One batch is on its way to disk while the next is inserted and the one before is told.</summary>
    private const int BatchesAtOnce = 3;

    private readonly Channel<Creation> queue = Channel.CreateBounded<Creation>(QueueLimit);
    private Task loop = Task.CompletedTask;

    /// <summary>Returns when the workload is on disk.</summary>
    /// <param name="make">Makes the row for an id; called again with another id when one is taken.</param>
    /// <param name="spec">What it is made from: name and kind give the id.</param>
    /// <param name="once">The keyed request that it answers; null: it has no key.</param>
    /// <param name="answer">The body of that answer, from the id.</param>
    /// <param name="ct">Gives up waiting for a place in the queue.</param>
    public async Task<ClusterWorkloadRow> Create(
        ClusterSpec spec, Func<string, ClusterWorkloadRow> make, IdempotencyScope? once, Func<string, string>? answer, CancellationToken ct)
    {
        var creation = new Creation(spec, make, once, answer); // makes its row here, beside the others, and not in the one transaction
        await queue.Writer.WriteAsync(creation, ct);
        return await creation.Done.Task;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
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
        using var places = new SemaphoreSlim(BatchesAtOnce);
        while (await queue.Reader.WaitToReadAsync())
        {
            await places.WaitAsync();
            var batch = new List<Creation>();
            while (batch.Count < MostTogether && queue.Reader.TryRead(out var creation))
                batch.Add(creation);
            _ = CommitIn(places, batch);
        }
        for (var i = 0; i < BatchesAtOnce; i++)
            await places.WaitAsync();
    }

    private async Task CommitIn(SemaphoreSlim places, List<Creation> batch)
    {
        try
        {
            await Commit(batch);
        }
        catch (Exception error)
        {
            foreach (var creation in batch)
                creation.Done.TrySetException(error); // those that have their answer keep it
        }
        finally
        {
            places.Release();
        }
    }

    private async Task Commit(List<Creation> batch)
    {
        var rows = await database.Write(work => Insert(work, batch), CancellationToken.None);
        store.Added(rows);
        foreach (var cluster in rows.GroupBy(row => row.ClusterId, StringComparer.Ordinal))
            clusters.Created(cluster.Key, [.. cluster]);
        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Done.TrySetResult(rows[i]);
            signals.Publish(rows[i].Id);
        }
    }

    private static async Task<ClusterWorkloadRow[]> Insert(DbWork work, List<Creation> batch)
    {
        var rows = batch.Select(creation => creation.Row).ToArray();
        var open = Enumerable.Range(0, rows.Length).ToList();
        for (var attempt = 1; open.Count > 0; attempt++)
        {
            if (attempt > MostAttempts)
                throw new InvalidOperationException("No free id was found."); // 27^5 ids a name: it has millions of workloads
            var inserted = await WorkloadInsert.Insert(work, [.. open.Select(i => rows[i])]);
            open = [.. open.Where((_, at) => !inserted[at])];
            foreach (var taken in open)
                rows[taken] = batch[taken].Make(batch[taken].NewId());
        }
        await WorkloadExtras.Insert(work, rows);
        for (var i = 0; i < rows.Length; i++)
        {
            if (batch[i].Once is { } once)
                await once.Store(work, 200, batch[i].Answer!(rows[i].Id), rows[i].CreatedAt);
        }
        return rows;
    }

    private sealed record Creation(ClusterSpec Spec, Func<string, ClusterWorkloadRow> Make, IdempotencyScope? Once, Func<string, string>? Answer)
    {
        public ClusterWorkloadRow Row { get; } = Make(WorkloadNames.NewId(Spec.DisplayName, Spec.Kind));

        public TaskCompletionSource<ClusterWorkloadRow> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string NewId() => WorkloadNames.NewId(Spec.DisplayName, Spec.Kind);
    }
}
