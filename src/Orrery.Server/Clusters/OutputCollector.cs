using System.Collections.Concurrent;
using System.Threading.Channels;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Deployments;
using Orrery.Server.Errors;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Clusters;

/// <summary>Keeps what programs of orbital workloads left in their pods on clusters of this server.</summary>
internal sealed partial class OutputCollector(
    ClusterHost clusters, IDatabase database, DeploymentStore deployments, Spool spool, ContentLedger ledger, ArtifactStore artifacts, Signals signals,
    IOptions<ClusterOptions> options, IOptions<ProgramOptions> programs, IOptions<ArtifactOptions> limits, TimeProvider clock, ILogger<OutputCollector> logger) : BackgroundService
{
    private const int AtOnce = 8;

    /// <summary>A pod that gives out what it has at less than this is not waited for.</summary>
    private const double SlowestBytesPerSecond = 1e6;

    /// <summary>What a cluster or an image breaks off again and again does not come whole.</summary>
    private const int MostAttempts = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private const long Mb = 1_000_000;
    private const string OutputFolder = "out/";

    private readonly Dictionary<string, Task> underWay = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> attempts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> removed = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turns = new(AtOnce);
    private readonly Channel<bool> wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signals.Changed += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await CollectAll(stoppingToken);
                using var resync = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(wakes.Reader.WaitToReadAsync(resync.Token).AsTask(), Task.Delay(TimeSpan.FromSeconds(options.Value.ResyncS), clock, resync.Token));
                await resync.CancelAsync();
                wakes.Reader.TryRead(out _);
            }
        }
        finally
        {
            signals.Changed -= Wake;
            await Task.WhenAll(underWay.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Wake(string id)
    {
        if (Ids.IsOrbitalWorkload(id))
            wakes.Writer.TryWrite(true);
    }

    /// <summary>Begins with those that are due and not under way: a slow one holds up no others.</summary>
    private async Task CollectAll(CancellationToken ct)
    {
        try
        {
            var due = await Due(ct);
            foreach (var gone in removed.Keys.Except(due.Select(run => run.Id), StringComparer.Ordinal))
                removed.TryRemove(gone, out _);
            foreach (var (ended, _) in underWay.Where(one => one.Value.IsCompleted))
                underWay.Remove(ended);
            foreach (var run in due.Where(run => !removed.ContainsKey(run.Id) && !underWay.ContainsKey(run.Id)))
                underWay[run.Id] = Task.Run(() => CollectOne(run, ct), CancellationToken.None);
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Log.Failed(logger, error.Message);
        }
    }

    /// <summary>Those that have something to be kept, and those whose pods are there although nobody needs them any more.</summary>
    /// <remarks>Asked at every change of a workload. SQLite joins in the order that is written, which leads through two small partial indexes; <c>held &lt;&gt; 'none'</c> names the second.</remarks>
    private async Task<List<EndedRun>> Due(CancellationToken ct)
    {
        var ids = clusters.All.Where(cluster => cluster.Acts).Select(cluster => cluster.Id).ToArray();
        return await database.Read(
            async db => (await db.QueryAsync<EndedRun>(
                $"""
                 SELECT c.id, c.workspace_id, c.cluster_id, c.run, d.id AS deployment_id, d.workload_id, TRUE AS is_wanted
                 FROM deployments d CROSS JOIN cluster_workloads c
                 WHERE d.has_program AND d.outputs IS NULL AND d.status IN ('dispatched', 'running') AND c.deployment_id = d.id AND c.phase = 'Succeeded' AND c.cluster_id {database.Dialect.In("@ids")}
                 UNION ALL
                 SELECT c.id, c.workspace_id, c.cluster_id, c.run, d.id, d.workload_id, FALSE
                 FROM cluster_workloads c CROSS JOIN deployments d
                 WHERE c.cluster_id {database.Dialect.In("@ids")} AND c.held <> 'none' AND c.held = 'kept' AND d.id = c.deployment_id AND d.has_program
                     AND (d.outputs IS NOT NULL OR d.status NOT IN ('pending', 'dispatched', 'running'))
                 """,
                new { ids })).AsList(),
            ct);
    }

    private async Task CollectOne(EndedRun run, CancellationToken ct)
    {
        try
        {
            await turns.WaitAsync(ct);
            try
            {
                if (run.IsWanted)
                    await Conclude(run, ct);
                await clusters.FindActing(run.ClusterId)!.Backend.Remove(run.Id, ct); // its files take room, and nobody needs them any more
                removed[run.Id] = true;
                if (run.IsWanted)
                    signals.Publish(run.WorkloadId);
            }
            finally
            {
                turns.Release();
            }
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            Log.NotKept(logger, run.Id, error.Message); // a full disk for one: tried again
        }
        catch (OperationCanceledException)
        {
            // the server stops
        }
    }

    private async Task Conclude(EndedRun run, CancellationToken ct)
    {
        if (await deployments.Find(run.DeploymentId, ct) is not { Outputs: null } deployment)
            return;
        var refusal = await Collect(run, deployment, ct);
        if (refusal is not null)
            await database.Write(work => Conclude(work, deployment, refusal), ct);
        attempts.TryRemove(run.Id, out _);
    }

    /// <returns>Why they cannot be kept; null: they are.</returns>
    private async Task<string?> Collect(EndedRun run, DeploymentRow deployment, CancellationToken ct)
    {
        var (spooled, isWhole) = (new List<(LeftFile File, SpooledFile Bytes)>(), false);
        try
        {
            await Spool(run, spooled, ct);
            isWhole = true;
            var rows = new List<ArtifactRow>();
            foreach (var (file, bytes) in spooled)
                rows.Add(await Keep(deployment, file, bytes, ct));
            return await database.Write(
                async work =>
                {
                    if (await Conclude(work, deployment, DeploymentRow.KeptOutputs))
                        await artifacts.Add(work, deployment, rows);
                    return (string?)null;
                },
                ct);
        }
        catch (Exception refused) when (refused is InvalidDataException or UnauthorizedAccessException or ApiException { Status: < 500 })
        {
            return $"outputs_refused: {refused.Message}";
        }
        catch (DirectoryNotFoundException)
        {
            return "outputs_lost: what the program left was removed before it could be kept";
        }
        catch (Exception broken) when (!isWhole && (broken is IOException or TimeoutException) && !ct.IsCancellationRequested && attempts.AddOrUpdate(run.Id, 1, (_, count) => count + 1) >= MostAttempts)
        {
            return $"outputs_lost: what the program left could not be read {MostAttempts} times, last: {broken.Message}";
        }
        finally
        {
            foreach (var (_, bytes) in spooled)
                bytes.Dispose();
        }
    }

    /// <summary>All that was left, before any of it is kept: it may not be whole.</summary>
    private async Task Spool(EndedRun run, List<(LeftFile File, SpooledFile Bytes)> spooled, CancellationToken ct)
    {
        var total = 0L;
        using var limit = new CancellationTokenSource(Patience, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await foreach (var file in clusters.FindActing(run.ClusterId)!.Backend.Files(new PodRef(run.Id, run.WorkspaceId, $"{run.Id}-{run.Run}-0"), over.Token))
            {
                total += file.SizeBytes;
                Check(file, spooled.Count + 1, total);
                limit.CancelAfter(Patience + TimeSpan.FromSeconds(total / SlowestBytesPerSecond));
                await using var bytes = await file.Open(over.Token);
                spooled.Add((file, await spool.Take(bytes, limits.Value.LargestMb * Mb, over.Token)));
            }
        }
        catch (OperationCanceledException slow) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("it comes too slowly", slow);
        }
    }

    private async Task<ArtifactRow> Keep(DeploymentRow deployment, LeftFile file, SpooledFile bytes, CancellationToken ct)
    {
        await ledger.Keep(bytes, ct);
        var scope = file.Path.StartsWith(OutputFolder, StringComparison.Ordinal) ? ArtifactScope.Output : ArtifactScope.State;
        return artifacts.Row(deployment, scope, Path.GetFileName(file.Path), bytes.Sha256, bytes.SizeBytes);
    }

    /// <exception cref="InvalidDataException">It is one too many, too large alone or with those before it, or not named as artifacts are.</exception>
    private void Check(LeftFile file, int count, long bytes)
    {
        if (file.Path.Count(letter => letter == '/') != 1 || !ArtifactName.IsSound(Path.GetFileName(file.Path)))
            throw new InvalidDataException($"'{PlainText.Of(file.Path)}': the name of an artifact {ArtifactName.Shape}; put folders into one archive");
        if (count > limits.Value.MostPerStage)
            throw new InvalidDataException($"the program left more than the {limits.Value.MostPerStage} files that a stage may have; put many files into one archive");
        if (bytes > programs.Value.OutputMb * Mb)
            throw new InvalidDataException($"the program left more than the {programs.Value.OutputMb} MB that a stage may leave");
        if (file.SizeBytes > limits.Value.LargestMb * Mb)
            throw new InvalidDataException($"'{file.Path}' has {file.SizeBytes / (double)Mb:0.###} MB, and an artifact may have {limits.Value.LargestMb} MB");
    }

    public override void Dispose()
    {
        turns.Dispose();
        base.Dispose();
    }

    private static async Task<bool> Conclude(DbWork work, DeploymentRow deployment, string outputs) => await work.Execute(
        "UPDATE deployments SET outputs = @outputs, version = version + 1 WHERE id = @Id AND outputs IS NULL AND status IN ('dispatched', 'running')", new { outputs, deployment.Id }) == 1;

    private sealed record EndedRun
    {
        public string Id { get; init; } = "";
        public string WorkspaceId { get; init; } = "";
        public string ClusterId { get; init; } = "";
        public int Run { get; init; }
        public string DeploymentId { get; init; } = "";
        public string WorkloadId { get; init; } = "";

        /// <summary>What it left is to be kept; else it is only to be removed.</summary>
        public bool IsWanted { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "What {Workload} left is not kept yet: {Reason}")]
        public static partial void NotKept(ILogger logger, string workload, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "What programs left could not be looked for: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
