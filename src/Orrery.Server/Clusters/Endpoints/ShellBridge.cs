using System.Net.WebSockets;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>Carries a terminal between the caller and a pod until either side ends.</summary>
internal static class ShellBridge
{
    private const int BufferSize = 16 * 1024;

    public static async Task Run(WebSocket outside, WebSocket inside, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(Copy(outside, inside, stop.Token), Copy(inside, outside, stop.Token));
        await Close(outside, inside.CloseStatusDescription);
        await Close(inside, outside.CloseStatusDescription);
        await stop.CancelAsync();
    }

    private static async Task Copy(WebSocket from, WebSocket to, CancellationToken ct)
    {
        var buffer = new byte[BufferSize];
        try
        {
            while (true)
            {
                var read = await from.ReceiveAsync(buffer.AsMemory(), ct);
                if (read.MessageType == WebSocketMessageType.Close)
                    return;
                await to.SendAsync(buffer.AsMemory(0, read.Count), read.MessageType, read.EndOfMessage, ct);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // That side is gone: the terminal is over.
        }
    }

    /// <param name="socket">One side.</param>
    /// <param name="reason">What the other side said: like <c>exit 0</c>.</param>
    private static async Task Close(WebSocket socket, string? reason)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, string.IsNullOrEmpty(reason) ? "the shell is gone" : reason, CancellationToken.None);
        }
        catch (Exception error) when (error is WebSocketException or IOException)
        {
            // Gone already.
        }
    }
}
