using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Errors;

namespace Orrery.Server.Clusters.Views;

/// <summary>Reads and follows the logs of pods.</summary>
internal sealed class PodLogs(ClusterHost clusters, ClusterStore store, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public const string Container = "main";
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    public async Task<IReadOnlyList<string>> Read(ClusterWorkloadRow row, ClusterPodRow pod, LogQuery query, CancellationToken ct)
    {
        CheckContainer(query);
        var lines = new List<string>();
        await foreach (var line in clusters.Backend(row).Logs(Ref(row, pod), new PodLogQuery(query.TailLines, Since(query), null, Follow: false), ct))
            lines.Add(line.Text);
        return lines;
    }

    /// <summary>Server-sent events, a line each; the id is the line's offset, and a reader resumes with <c>Last-Event-ID</c>.</summary>
    public IResult Stream(ClusterWorkloadRow row, ClusterPodRow pod, LogQuery query, HttpContext http)
    {
        CheckContainer(query);
        long? after = null;
        if (http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last)
        {
            if (!long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
                throw Refuse.Invalid("Last-Event-ID", "must be the id of a line");
            after = offset;
        }
        return new Following(this, row, pod, new PodLogQuery(query.TailLines, Since(query), after, Follow: true));
    }

    private static void CheckContainer(LogQuery query)
    {
        if (query.Container is { } name && name != Container)
            throw ClusterRefusals.Refused(400, "BadRequest", new Dictionary<string, string[]> { ["container"] = [$"there is no container '{Refuse.Shorten(name)}'; there are: {Container}"] });
    }

    private static PodRef Ref(ClusterWorkloadRow row, ClusterPodRow pod) => new(row.Id, row.WorkspaceId, pod.PodId);

    private DateTimeOffset? Since(LogQuery query) => query.SinceSeconds > 0 ? clock.GetUtcNow().AddSeconds(-query.SinceSeconds) : null;

    private async Task Write(ClusterWorkloadRow row, ClusterPodRow pod, PodLogQuery query, HttpContext http)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await http.Response.StartAsync(stop.Token);
        await using var lines = clusters.Backend(row).Logs(Ref(row, pod), query, stop.Token).GetAsyncEnumerator(stop.Token);
        var next = Next(lines);
        var ended = false;
        try
        {
            while (true)
            {
                try
                {
                    if (!await next.WaitAsync(KeepAlive, clock, stop.Token))
                        return;
                    ended = false;
                    await http.Response.WriteAsync($"id: {lines.Current.Offset}\ndata: {lines.Current.Text.Replace('\r', ' ')}\n\n", stop.Token);
                    next = Next(lines);
                    if (!next.IsCompleted)
                        await http.Response.Body.FlushAsync(stop.Token);
                }
                catch (TimeoutException)
                {
                    if (ended)
                    {
                        await stop.CancelAsync(); // it had ended a whole wait ago, and nothing came since
                        return;
                    }
                    ended = await HasEnded(row.Id, pod, stop.Token);
                    await http.Response.WriteAsync(": still here\n\n", stop.Token);
                    await http.Response.Body.FlushAsync(stop.Token);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a sequence is not disposed of while it is asked
        }
    }

    private static async Task<bool> Next(IAsyncEnumerator<PodLine> lines) => await lines.MoveNextAsync();

    private async Task<bool> HasEnded(string workloadId, ClusterPodRow pod, CancellationToken ct) =>
        (await store.Pods(workloadId, ct)).FirstOrDefault(one => one.PodId == pod.PodId) is not { Phase: PodPhases.Pending or PodPhases.Running or PodPhases.Unknown };

    private sealed class Following(PodLogs owner, ClusterWorkloadRow row, ClusterPodRow pod, PodLogQuery query) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            try
            {
                await owner.Write(row, pod, query, httpContext);
            }
            catch (OperationCanceledException)
            {
                // The reader left, or the server stops: the cursor is the reader's.
            }
        }
    }
}
