using System.Net.WebSockets;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>Carries a terminal between the caller and a pod until either side ends.</summary>
internal static class ShellBridge
{
    private const int BufferSize = 16 * 1024;

    /// <summary>For the other side to answer the farewell.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);

    public static async Task Run(WebSocket outside, WebSocket inside, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] both = [Copy(outside, inside, stop.Token), Copy(inside, outside, stop.Token)];
        await Task.WhenAny(both);
        await Close(outside, inside.CloseStatusDescription);
        await Close(inside, outside.CloseStatusDescription);
        await Task.WhenAny(Task.WhenAll(both), Task.Delay(FarewellTime, TimeProvider.System, ct)); // a reading that is cancelled resets the connection, with the farewell in it
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
