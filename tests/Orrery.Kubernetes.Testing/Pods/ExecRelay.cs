using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>A program in a container over <c>v4.channel.k8s.io</c>.</summary>
internal sealed class ExecRelay(WebSocket socket, PodProcess container, IReadOnlyDictionary<string, string> variables, bool isTerminal) : IDisposable
{
    private const string Protocol = "v4.channel.k8s.io";
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim turn = new(1);

    public static async Task Run(HttpContext http, ContainerLife life)
    {
        if (life.Process is not { } container)
            throw new RefusalException(500, "InternalError", $"container {life.Name} is not running");
        if (!http.WebSockets.IsWebSocketRequest || !http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol))
            throw RefusalException.BadRequest("Upgrade request required");
        var query = http.Request.Query;
        if (container.HasEnded)
            throw new RefusalException(500, "InternalError", $"container {life.Name} is not running");
        using var socket = await http.WebSockets.AcceptWebSocketAsync(Protocol);
        using var relay = new ExecRelay(socket, container, life.Variables, query["tty"] == "true");
        await relay.Run([.. query["command"].OfType<string>()], query["stdin"] == "true", http.RequestAborted);
    }

    public void Dispose() => turn.Dispose();

    private async Task Run(string[] command, bool hasInput, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        for (byte channel = 0; channel < 4; channel++)
            await Send(channel, ReadOnlyMemory<byte>.Empty, ct); // as the real one does
        using var process = Begin(isTerminal ? Terminal(command) : command);
        if (process is null)
        {
            await Send(3, Encoding.UTF8.GetBytes(NotRunning.ToJsonString()), ct); // it has ended in this moment
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, ct);
            return;
        }
        if (!hasInput)
            process.StandardInput.Close();
        var input = Listen(process, over.Token);
        await Task.WhenAll(Show(1, process.StandardOutput.BaseStream, over.Token), Show(2, process.StandardError.BaseStream, over.Token));
        await process.WaitForExitAsync(over.Token);
        await Send(3, Encoding.UTF8.GetBytes(Status(process.ExitCode).ToJsonString()), ct);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, ct);
        await Task.WhenAny(input, Task.Delay(Farewell, TimeProvider.System, ct)); // the other side takes the last frames, then leaves
        await over.CancelAsync();
        await input.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Process? Begin(string[] command)
    {
        try
        {
            return Process.Start(container.Enter(command, variables));
        }
        catch (Exception ended) when (ended is IOException or IndexOutOfRangeException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonObject NotRunning => new() { ["metadata"] = new JsonObject(), ["status"] = "Failure", ["message"] = "container not found", ["reason"] = "InternalError", ["code"] = 500 };

    /// <summary>Behind a terminal whose name is known, so that it can be sized.</summary>
    private string[] Terminal(string[] command) => ["script", "-qefc", $"tty > '{TerminalName}'; exec {string.Join(' ', command.Select(Quoted))}", "/dev/null"];

    private string TerminalName { get; } = Path.Combine(container.Folder, $".tty-{Guid.NewGuid():N}");

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static JsonObject Status(int code) => code == 0
        ? new JsonObject { ["metadata"] = new JsonObject(), ["status"] = "Success" }
        : new JsonObject
        {
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = $"command terminated with non-zero exit code: exit status {code}",
            ["reason"] = "NonZeroExitCode",
            ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = $"{code}" }) },
        };

    private async Task Show(byte channel, Stream stream, CancellationToken ct)
    {
        var buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
            await Send(channel, buffer.AsMemory(0, read), ct);
    }

    private async Task Listen(Process process, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        var channel = 0;
        var isNew = true;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), ct) is { MessageType: not WebSocketMessageType.Close } part)
            {
                channel = isNew ? buffer[0] : channel; // a message may come in parts, of which the first names the channel
                var bytes = buffer.AsMemory(0, part.Count)[(isNew ? 1 : 0)..];
                isNew = part.EndOfMessage;
                if (channel == 0)
                {
                    await process.StandardInput.BaseStream.WriteAsync(bytes, ct);
                    await process.StandardInput.BaseStream.FlushAsync(ct);
                }
                else if (channel == 4)
                {
                    await Resize(JsonNode.Parse(bytes.Span), ct);
                }
            }
        }
        catch (Exception e) when (e is IOException or WebSocketException)
        {
            // the other side, or the program, has gone
        }
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    private async Task Resize(JsonNode? size, CancellationToken ct)
    {
        while (!File.Exists(TerminalName) || new FileInfo(TerminalName).Length == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, ct);
        var terminal = (await File.ReadAllTextAsync(TerminalName, ct)).Trim();
        using var stty = Process.Start(container.Enter(["stty", "-F", terminal, "cols", size.Text("Width")!, "rows", size.Text("Height")!], variables))!;
        await stty.WaitForExitAsync(ct);
    }

    private async Task Send(byte channel, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await socket.SendAsync((byte[])[channel, .. data.Span], WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
        finally
        {
            turn.Release();
        }
    }
}
