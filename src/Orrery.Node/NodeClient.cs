using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Protocol;

namespace Orrery.Node;

/// <summary>Talks to the node process of a data folder. Every call throws <see cref="NodeException"/> when the node does not answer.</summary>
public sealed class NodeClient : IDisposable
{
    /// <summary>The node's heartbeat comes every 5 s; a watch that is silent for so long is broken.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private readonly HttpMessageInvoker invoker;
    private readonly HttpClient http;
    private readonly TimeProvider clock;

    /// <param name="dataFolder">The server's; the node's own folder is <c>node</c> in it.</param>
    /// <param name="clock">Watches over silent streams.</param>
    public NodeClient(string dataFolder, TimeProvider? clock = null)
    {
        var socket = new NodeSocket(new NodeFolder(dataFolder));
        var handler = new SocketsHttpHandler { ConnectCallback = (_, cancellation) => socket.Connect(cancellation) };
        invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        http = new HttpClient(handler) { BaseAddress = new Uri("http://node"), Timeout = Timeout.InfiniteTimeSpan };
        this.clock = clock ?? TimeProvider.System;
    }

    public Task<NodeHealth> Health(CancellationToken cancellation = default) =>
        Call(() => http.GetFromJsonAsync("/health", NodeJson.Default.NodeHealth, cancellation))!;

    /// <summary>Returns when the node has recorded it durably.</summary>
    public Task Apply(RunSpec run, CancellationToken cancellation = default) =>
        Send(() => http.PutAsJsonAsync($"/runs/{Names.Checked(run.WorkloadId)}", run, NodeJson.Default.RunSpec, cancellation), cancellation);

    /// <summary>Ends and removes a workload; a watch tells Removed when nothing of it is left.</summary>
    public Task Remove(string workloadId, CancellationToken cancellation = default) =>
        Send(() => http.DeleteAsync($"/runs/{Names.Checked(workloadId)}", cancellation), cancellation);

    /// <summary>Removes the logs of a workload; those of a live one go when it is removed.</summary>
    public Task DiscardLogs(string workloadId, CancellationToken cancellation = default) =>
        Send(() => http.DeleteAsync($"/logs/{Names.Checked(workloadId)}", cancellation), cancellation);

    public async Task<IReadOnlyList<RunStatus>> Snapshot(CancellationToken cancellation = default) =>
        (await Call(() => http.GetFromJsonAsync("/runs", NodeJson.Default.ListRunStatus, cancellation)))!;

    /// <summary>Asks the process to end; pods go on and the next node adopts them.</summary>
    public Task Exit(CancellationToken cancellation = default) =>
        Send(() => http.PostAsync("/exit", content: null, cancellation), cancellation);

    /// <summary>A snapshot, then changes, until cancelled.</summary>
    /// <exception cref="NodeException">The stream broke: watch again, once the node is up.</exception>
    public async IAsyncEnumerable<NodeEvent> Watch([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var response = await Call(() => http.GetAsync("/watch", HttpCompletionOption.ResponseHeadersRead, cancellation));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (true)
        {
            var line = await Call(() => reader.ReadLineAsync(cancellation).AsTask().WaitAsync(Silence, clock, cancellation))
                ?? throw new NodeException("the node ended the watch.");
            if (line.Length == 0)
                continue;
            yield return line.StartsWith("{\"snapshot\":", StringComparison.Ordinal)
                ? new NodeSnapshot(JsonSerializer.Deserialize(line, NodeJson.Default.SnapshotLine)!.Snapshot)
                : new NodeChange(JsonSerializer.Deserialize(line, NodeJson.Default.RunStatus)!);
        }
    }

    /// <summary>Those of bash, sh and zsh that the pod has.</summary>
    public async Task<IReadOnlyList<string>> Shells(string workloadId, string podId, CancellationToken cancellation = default) =>
        (await Call(() => http.GetFromJsonAsync($"{PodPath(workloadId, podId)}/shells", NodeJson.Default.ListString, cancellation)))!;

    /// <summary>
    /// A shell in a running pod. Binary frames are its bytes; text frames: <c>{"resize":{"cols":80,"rows":24}}</c> and
    /// <c>{"eof":true}</c> from the caller, <c>{"stderr":"base64"}</c> from a shell without a terminal. It closes with <c>exit N</c>.
    /// </summary>
    public async Task<WebSocket> OpenShell(string workloadId, string podId, ShellRequest request, CancellationToken cancellation = default)
    {
        var socket = new ClientWebSocket();
        try
        {
            var command = request.Command is { } source ? $"&command={Uri.EscapeDataString(source)}" : "";
            var query = $"shell={Uri.EscapeDataString(request.Shell)}&tty={(request.HasTerminal ? "true" : "false")}&cols={request.Columns}&rows={request.Rows}{command}";
            await socket.ConnectAsync(new Uri($"ws://node{PodPath(workloadId, podId)}/shell?{query}"), invoker, cancellation);
            return socket;
        }
        catch (WebSocketException e)
        {
            socket.Dispose();
            throw new NodeException($"no shell in {podId}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        invoker.Dispose();
    }

    private static string PodPath(string workloadId, string podId) => $"/pods/{Names.Checked(workloadId)}/{Names.Checked(podId)}";

    private static async Task Send(Func<Task<HttpResponseMessage>> call, CancellationToken cancellation)
    {
        using var response = await Call(call);
        if (response.StatusCode == HttpStatusCode.BadRequest)
            throw new NodeException(await response.Content.ReadAsStringAsync(cancellation));
        await Call(() => Task.FromResult(response.EnsureSuccessStatusCode()));
    }

    private static async Task<T> Call<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException or JsonException)
        {
            throw new NodeException($"the node does not answer: {e.Message}", e);
        }
    }
}
