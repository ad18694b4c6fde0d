using System.Net.WebSockets;
using System.Text.Json;
using Orrery.Node.Protocol;

namespace Orrery.Node.Shells;

/// <summary>Carries a terminal over a WebSocket until either ends.</summary>
internal sealed class ShellRelay(WebSocket socket, RunningShell shell)
{
    private const int FrameBytes = 16 * 1024;

    /// <summary>For the other side to take the last frames.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    public async Task Run(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var shown = Task.Run(() => Show(over.Token), CancellationToken.None);
        var typed = Type(over.Token);
        var exit = shell.WaitForExit(over.Token);
        await Task.WhenAny(typed, exit);
        shell.Kill(); // a terminal whose last program is gone ends the reading below
        await shown;
        await Close();
        await Task.WhenAny(typed, Task.Delay(FarewellTime, TimeProvider.System, CancellationToken.None));
        await over.CancelAsync();
        await typed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await exit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Show(CancellationToken cancellation)
    {
        var buffer = new byte[FrameBytes];
        try
        {
            int read;
            while ((read = shell.Terminal.Stream.Read(buffer, 0, buffer.Length)) > 0)
                await socket.SendAsync(buffer.AsMemory(0, read), WebSocketMessageType.Binary, endOfMessage: true, cancellation);
        }
        catch (Exception e) when (e is IOException or WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the last program closed the terminal, or the other side has gone
        }
    }

    private async Task Type(CancellationToken cancellation)
    {
        var buffer = new byte[FrameBytes];
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), cancellation) is { MessageType: not WebSocketMessageType.Close } frame)
            {
                if (frame.MessageType == WebSocketMessageType.Binary)
                    await shell.Terminal.Stream.WriteAsync(buffer.AsMemory(0, frame.Count), cancellation);
                else if (Parse(buffer.AsSpan(0, frame.Count))?.Resize is { Cols: > 0 and < 1000, Rows: > 0 and < 1000 } size)
                    shell.Terminal.Resize(size);
            }
        }
        catch (Exception e) when (e is IOException or WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the same
        }
    }

    private static ShellControl? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, NodeJson.Default.ShellControl);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task Close()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
            return;
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, $"exit {shell.ExitCode}", CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // it has gone
        }
    }
}
