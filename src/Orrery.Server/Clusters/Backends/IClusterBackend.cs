using System.Net.WebSockets;
using Orrery.Contracts.Runs;
using Orrery.Scheduling;

namespace Orrery.Server.Clusters.Backends;

/// <summary>What runs the pods of a cluster: processes of this machine, or Kubernetes. Every call may be repeated.</summary>
internal interface IClusterBackend : IAsyncDisposable
{
    /// <summary><c>local</c> or <c>kubernetes</c>.</summary>
    string Name { get; }

    /// <summary>Makes a run true; returns when the backend will not forget it.</summary>
    /// <exception cref="BackendRefusedException">It is in reach, and does not take it now.</exception>
    /// <exception cref="InputsLostException">What the run is given is not here.</exception>
    Task Apply(RunSpec run, CancellationToken ct);

    /// <summary>Ends whatever there is of a workload; <see cref="Watch"/> tells <see cref="RunPhases.Removed"/> when nothing is left.</summary>
    Task Remove(string workloadId, CancellationToken ct);

    /// <summary>All there is, then each change; ends with an exception when the backend is out of reach, and is called again.</summary>
    IAsyncEnumerable<BackendReport> Watch(CancellationToken ct);

    /// <summary>The log of a pod, oldest line first.</summary>
    IAsyncEnumerable<PodLine> Logs(PodRef pod, PodLogQuery query, CancellationToken ct);

    /// <summary>What the one pod of a run with files left in its output and state folders; after its end, before it is removed. Each is opened before the next is asked for, or not at all.</summary>
    /// <exception cref="DirectoryNotFoundException">It is removed already.</exception>
    /// <exception cref="InvalidDataException">There is something else than plain files.</exception>
    IAsyncEnumerable<LeftFile> Files(PodRef pod, CancellationToken ct);

    /// <summary>Removes the logs of a deleted workload.</summary>
    Task DiscardLogs(string workloadId, CancellationToken ct);

    /// <summary>Those of bash, sh and zsh that a pod has.</summary>
    Task<IReadOnlyList<string>> Shells(PodRef pod, CancellationToken ct);

    /// <summary>
    /// A shell in a running pod: binary messages are its bytes, both ways. Text messages: <c>{"resize":{"cols":80,"rows":24}}</c>
    /// and <c>{"eof":true}</c> go in, <c>{"stderr":"base64"}</c> comes out where there is no terminal. It closes with <c>exit N</c>.
    /// </summary>
    Task<WebSocket> OpenShell(PodRef pod, ShellRequest request, CancellationToken ct);
}

/// <summary>A backend that is in reach does not take something, and may later.</summary>
internal sealed class BackendRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <param name="WorkloadId">Its workload.</param>
/// <param name="WorkspaceId">Also the namespace.</param>
/// <param name="PodId">The pod.</param>
internal sealed record PodRef(string WorkloadId, string WorkspaceId, string PodId);

/// <param name="Tail">The newest lines to start with.</param>
/// <param name="Since">None older than this.</param>
/// <param name="AfterOffset">With it, every line after this offset instead of a tail.</param>
/// <param name="Follow">Goes on with new lines until it is cancelled: the reader knows when the pod has ended.</param>
internal sealed record PodLogQuery(int Tail, DateTimeOffset? Since, long? AfterOffset, bool Follow);

/// <param name="Offset">Grows along the log; a reader resumes after it.</param>
/// <param name="Text">The line without its end.</param>
internal readonly record struct PodLine(long Offset, string Text);

/// <param name="Path"><c>out/name</c> or <c>state/name</c>.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="Open">Its bytes.</param>
internal sealed record LeftFile(string Path, long SizeBytes, Func<CancellationToken, Task<Stream>> Open);

/// <summary>What a backend tells.</summary>
internal abstract record BackendReport
{
    /// <summary>Everything it has: what is not in it is not there.</summary>
    public sealed record Snapshot(IReadOnlyList<RunStatus> Runs, IReadOnlyList<NodeSpec> Nodes, IReadOnlyList<string> Problems) : BackendReport;

    /// <summary>One workload as it is now.</summary>
    public sealed record Change(RunStatus Run) : BackendReport;

    public sealed record NodesChanged(IReadOnlyList<NodeSpec> Nodes) : BackendReport;

    /// <summary>Out of reach; a snapshot follows when it is back.</summary>
    public sealed record Lost(string Reason) : BackendReport;
}
