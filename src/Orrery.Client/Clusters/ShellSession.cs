using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Orrery.Client.Clusters;

/// <summary>A shell or a command in a pod: bytes both ways. Sending is safe from several threads, receiving from one.</summary>
public sealed class ShellSession : IAsyncDisposable
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private const int FrameBytes = 16 * 1024;
    private const string Exit = "exit ";

    private readonly ClientWebSocket socket;
    private readonly SemaphoreSlim sending = new(1);

    internal ShellSession(ClientWebSocket socket) => this.socket = socket;

    /// <summary>What the server said when it closed; null before.</summary>
    public string? CloseReason => socket.CloseStatusDescription;

    /// <summary>How the shell or command ended; null before, and where only the connection did.</summary>
    public int? ExitCode =>
        CloseReason is { } reason && reason.StartsWith(Exit, StringComparison.Ordinal) &&
        int.TryParse(reason.AsSpan(Exit.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code) ? code : null;

    /// <summary>What the user types.</summary>
    public Task Send(ReadOnlyMemory<byte> input, CancellationToken cancellation = default) =>
        SendFrame(input, WebSocketMessageType.Binary, cancellation);

    public Task Resize(int columns, int rows, CancellationToken cancellation = default) => SendFrame(
        Encoding.UTF8.GetBytes($$$"""{"resize":{"cols":{{{columns}}},"rows":{{{rows}}}}}"""), WebSocketMessageType.Text, cancellation);

    /// <summary>Nothing more is typed.</summary>
    public Task EndInput(CancellationToken cancellation = default) => SendFrame("""{"eof":true}"""u8.ToArray(), WebSocketMessageType.Text, cancellation);

    /// <summary>What it printed next.</summary>
    /// <returns>Null when it has ended.</returns>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async Task<ShellOutput?> Receive(CancellationToken cancellation = default)
    {
        try
        {
            while (true)
            {
                var (type, bytes) = await ReceiveFrame(cancellation).ConfigureAwait(false);
                if (type == WebSocketMessageType.Close)
                    return null;
                if (type == WebSocketMessageType.Binary && bytes.Length > 0)
                    return new(bytes, IsErrors: false);
                if (type == WebSocketMessageType.Text && Errors(bytes) is { Length: > 0 } errors)
                    return new(errors, IsErrors: true);
            }
        }
        catch (WebSocketException e)
        {
            throw new IOException("The connection to the terminal is lost.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Close().ConfigureAwait(false);
        socket.Dispose();
        sending.Dispose();
    }

    private async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveFrame(CancellationToken cancellation)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[FrameBytes];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false);
            whole.Write(buffer, 0, part.Count);
        }
        while (part is { MessageType: WebSocketMessageType.Text, EndOfMessage: false } && whole.Length <= 8 * FrameBytes);
        return (part.MessageType, whole.ToArray());
    }

    /// <summary>The bytes of a message <c>{"stderr":"base64"}</c>; null for another one.</summary>
    private static byte[]? Errors(byte[] message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("stderr", out var errors) &&
                errors.TryGetBytesFromBase64(out var bytes) ? bytes : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task SendFrame(ReadOnlyMemory<byte> data, WebSocketMessageType type, CancellationToken cancellation)
    {
        await sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(data, type, endOfMessage: true, cancellation).ConfigureAwait(false);
        }
        catch (WebSocketException e)
        {
            throw new IOException("The connection to the terminal is lost.", e);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task Close()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        using var patience = new CancellationTokenSource(ClosePatience, TimeProvider.System);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // It is closed already, which is all that was wanted.
            socket.Abort();
        }
    }
}
