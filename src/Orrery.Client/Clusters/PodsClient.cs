using System.Runtime.CompilerServices;
using Orrery.Client.Http;
using Orrery.Contracts.Clusters;

namespace Orrery.Client.Clusters;

/// <summary>Logs, containers and terminals of a workload's pods.</summary>
public sealed class PodsClient
{
    private readonly ApiConnection connection;

    internal PodsClient(ApiConnection connection) => this.connection = connection;

    public Task<PodLogResponse> Logs(string workloadId, string podId, LogQuery? query = null, CancellationToken cancellation = default) =>
        connection.Send(
            ApiRequest.Get((query ?? new LogQuery()).Path(Of(workloadId, podId) + "/logs", follow: false)),
            ClusterJson.Default.PodLogResponse, cancellation);

    /// <summary>
    /// Every line once, as it is written, until the pod has ended or the caller cancels. A lost connection is taken up
    /// again where it broke off (<c>Last-Event-ID</c>).
    /// </summary>
    public async IAsyncEnumerable<LogLine> FollowLogs(
        string workloadId, string podId, LogQuery? query = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var follower = new LogFollower(connection, new ClusterWorkloadsClient(connection), workloadId, podId, query ?? new LogQuery());
        await using (follower.ConfigureAwait(false))
        {
            while (await follower.Next(cancellation).ConfigureAwait(false) is { } line)
                yield return line;
        }
    }

    /// <summary>Its containers, and which shells are there.</summary>
    public Task<PodContainersResponse> Containers(string workloadId, string podId, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get(Of(workloadId, podId) + "/containers"), ClusterJson.Default.PodContainersResponse, cancellation);

    /// <summary>A shell or a command in the pod; the caller disposes it, which ends what runs there.</summary>
    /// <param name="workloadId">The workload.</param>
    /// <param name="podId">A running pod of it.</param>
    /// <param name="options">Which shell, or which command; at a terminal or not.</param>
    /// <param name="cancellation">Ends the handshake.</param>
    public async Task<ShellSession> OpenShell(string workloadId, string podId, ShellOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ShellOptions();
        var path = new QueryText(Of(workloadId, podId) + "/webshell")
            .Add("shell", options.Shell).Add("command", options.Command).Add("tty", options.HasTerminal ? null : "false").Add("cols", options.Columns).Add("rows", options.Rows).ToString();
        return new ShellSession(await connection.OpenSocket(path, cancellation).ConfigureAwait(false));
    }

    internal static string Of(string workloadId, string podId) => $"{ClusterWorkloadsClient.Of(workloadId)}/pods/{QueryText.Segment(podId)}";
}
