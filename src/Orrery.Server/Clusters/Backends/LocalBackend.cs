using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Orrery.Contracts.Runs;
using Orrery.Node;
using Orrery.Node.Logs;
using Orrery.Node.Pods;
using Orrery.Node.Protocol;
using Orrery.Server.Artifacts;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters.Backends;

/// <summary>Pods are processes of this machine, owned by the node process of the data folder.</summary>
internal sealed class LocalBackend(DataFolder folder, ClusterOptions options, IContentStore contents, TimeProvider clock) : IClusterBackend
{
    private readonly NodeClient node = new(folder.Path, clock);
    private readonly StagedFiles staged = new(System.IO.Path.Combine(folder.Path, "staged"), contents);

    public string Name => BackendFactory.Local;

    /// <summary>Pods run as users of their own: only root can make them so.</summary>
    public bool IsolatesUsers => Environment.IsPrivilegedProcess;

    public async Task Apply(Contracts.Runs.RunSpec run, CancellationToken ct)
    {
        await Start(ct);
        await node.Apply(await Stage(run, ct), ct);
    }

    private async Task<Contracts.Runs.RunSpec> Stage(Contracts.Runs.RunSpec run, CancellationToken ct)
    {
        try
        {
            return await staged.Put(run, ct);
        }
        catch (ContentUnavailableException missing)
        {
            throw new BackendRefusedException($"what its program is given cannot be had: {missing.Message}", missing);
        }
    }

    public async Task Remove(string workloadId, CancellationToken ct)
    {
        await Start(ct);
        await node.Remove(workloadId, ct);
        staged.Remove(workloadId);
    }

    public async IAsyncEnumerable<BackendReport> Watch([EnumeratorCancellation] CancellationToken ct)
    {
        var nodes = LocalNodes.All(options);
        yield return new BackendReport.NodesChanged(nodes); // known before the node process answers
        var health = await Start(ct);
        await foreach (var told in node.Watch(ct))
        {
            yield return told switch
            {
                NodeSnapshot snapshot => new BackendReport.Snapshot(snapshot.Runs, nodes, Problems(health)),
                NodeChange change => new BackendReport.Change(change.Run),
                _ => throw new InvalidOperationException($"A node told {told.GetType().Name}."),
            };
        }
    }

    public async IAsyncEnumerable<PodLine> Logs(PodRef pod, PodLogQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        var place = PodLog.Folder(folder.Path, pod.WorkloadId, pod.PodId);
        var end = await PodLog.Read(place, 1, since: null, ct) is [var newest] ? newest.Offset : 0;
        var last = query.AfterOffset ?? end;
        if (query.AfterOffset is null)
        {
            foreach (var line in await PodLog.Read(place, query.Tail, query.Since, ct))
            {
                last = line.Offset;
                yield return new PodLine(line.Offset, line.Text);
            }
            end = last;
        }
        if (!query.Follow && last >= end)
            yield break;
        await foreach (var line in PodLog.Follow(place, last, clock, ct))
        {
            yield return new PodLine(line.Offset, line.Text);
            if (!query.Follow && line.Offset >= end)
                yield break;
        }
    }

    public async IAsyncEnumerable<LeftFile> Files(PodRef pod, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var file in await Task.Run(() => PodFiles.Read(folder.Path, pod.PodId), ct))
            yield return new LeftFile(file.Path, file.SizeBytes, _ => Task.FromResult<Stream>(File.OpenRead(file.FullPath)));
    }

    public Task DiscardLogs(string workloadId, CancellationToken ct) => node.DiscardLogs(workloadId, ct);

    public Task<IReadOnlyList<string>> Shells(PodRef pod, CancellationToken ct) => node.Shells(pod.WorkloadId, pod.PodId, ct);

    public Task<WebSocket> OpenShell(PodRef pod, ShellRequest request, CancellationToken ct) =>
        node.OpenShell(pod.WorkloadId, pod.PodId, request, ct);

    public ValueTask DisposeAsync()
    {
        node.Dispose(); // the process and its pods go on
        return ValueTask.CompletedTask;
    }

    /// <summary>The node process answers, started when there is none.</summary>
    private Task<NodeHealth> Start(CancellationToken ct) => NodeProcess.Ensure(folder.Path, options.NodeSettings, clock: clock, cancellation: ct);

    private static IReadOnlyList<string> Problems(NodeHealth health) => health.Isolation.Problems;
}
