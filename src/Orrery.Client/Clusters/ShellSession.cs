using System.Net.WebSockets;
using System.Text;

namespace Orrery.Client.Clusters;

/// <summary>A terminal in a pod: bytes both ways. Sending is safe from several threads, receiving from one.</summary>
public sealed class ShellSession : IAsyncDisposable
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly ClientWebSocket socket;
    private readonly SemaphoreSlim sending = new(1);

    internal ShellSession(ClientWebSocket socket) => this.socket = socket;

    /// <summary>What the server said when it closed the terminal; null before.</summary>
    public string? CloseReason => socket.CloseStatusDescription;

    /// <summary>What the user types.</summary>
    public Task Send(ReadOnlyMemory<byte> input, CancellationToken cancellation = default) =>
        SendFrame(input, WebSocketMessageType.Binary, cancellation);

    public Task Resize(int columns, int rows, CancellationToken cancellation = default) => SendFrame(
        Encoding.UTF8.GetBytes($$$"""{"resize":{"cols":{{{columns}}},"rows":{{{rows}}}}}"""), WebSocketMessageType.Text, cancellation);

    /// <summary>Reads what the terminal shows into <paramref name="buffer"/>.</summary>
    /// <returns>Bytes read; 0 when the terminal is closed.</returns>
    /// <exception cref="IOException">The connection is lost.</exception>
    public async Task<int> Receive(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        try
        {
            while (true)
            {
                var frame = await socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
                if (frame.MessageType == WebSocketMessageType.Close)
                    return 0;
                if (frame is { MessageType: WebSocketMessageType.Binary, Count: > 0 })
                    return frame.Count;
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
