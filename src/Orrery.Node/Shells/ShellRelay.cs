using System.Net.WebSockets;
using System.Text.Json;
using Orrery.Node.Protocol;

namespace Orrery.Node.Shells;

/// <summary>Carries a shell over a WebSocket until either ends.</summary>
internal sealed class ShellRelay(WebSocket socket, RunningShell shell) : IDisposable
{
    private const int FrameBytes = 16 * 1024;
    private const int LargestSide = 1000;

    /// <summary>For the other side to take the last frames.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim turn = new(1);

    public async Task Run(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var shown = Task.WhenAll(Shown(shell.Output, isErrors: false, over.Token), shell.Errors is { } errors ? Shown(errors, isErrors: true, over.Token) : Task.CompletedTask);
        var typed = Type(over.Token);
        var exit = shell.WaitForExit(over.Token);
        await Task.WhenAny(typed, exit);
        shell.Kill(); // what has no last writer any more ends the reading below
        await shown;
        await Close();
        await Task.WhenAny(typed, Task.Delay(FarewellTime, TimeProvider.System, CancellationToken.None));
        await over.CancelAsync();
        await typed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await exit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => turn.Dispose();

    /// <summary>On a thread of its own: reading a terminal cannot be cancelled.</summary>
    private Task Shown(Stream from, bool isErrors, CancellationToken cancellation) => Task.Run(() => Show(from, isErrors, cancellation), CancellationToken.None);

    private async Task Show(Stream from, bool isErrors, CancellationToken cancellation)
    {
        var buffer = new byte[FrameBytes];
        try
        {
            int read;
            while ((read = from.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (isErrors)
                    await Send(JsonSerializer.SerializeToUtf8Bytes(new ShellControl(Stderr: buffer[..read]), NodeJson.Default.ShellControl), WebSocketMessageType.Text, cancellation);
                else
                    await Send(buffer.AsMemory(0, read), WebSocketMessageType.Binary, cancellation);
            }
        }
        catch (Exception e) when (IsOver(e))
        {
            // the last program closed it, or the other side has gone
        }
    }

    private async Task Send(ReadOnlyMemory<byte> frame, WebSocketMessageType type, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await socket.SendAsync(frame, type, endOfMessage: true, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Type(CancellationToken cancellation)
    {
        var buffer = new byte[FrameBytes];
        var wasText = false;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), cancellation) is { MessageType: not WebSocketMessageType.Close } frame)
            {
                if (frame.MessageType == WebSocketMessageType.Binary)
                    await Input(buffer.AsMemory(0, frame.Count), cancellation);
                else if (frame.EndOfMessage && !wasText && Parse(buffer.AsSpan(0, frame.Count)) is { } control)
                    await Control(control, cancellation);
                wasText = frame.MessageType == WebSocketMessageType.Text && !frame.EndOfMessage;
            }
        }
        catch (Exception e) when (IsOver(e))
        {
            // the same
        }
    }

    /// <summary>A command need not read its input: what nobody reads is gone.</summary>
    private async Task Input(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await shell.Input.WriteAsync(bytes, cancellation);
            await shell.Input.FlushAsync(cancellation);
        }
        catch (Exception e) when (shell.Errors is not null && e is IOException or ObjectDisposedException)
        {
            // the command has closed it; its output goes on
        }
    }

    private async Task Control(ShellControl control, CancellationToken cancellation)
    {
        if (control.Resize is { Cols: > 0 and <= LargestSide, Rows: > 0 and <= LargestSide } size)
            shell.Resize(size);
        if (control.Eof == true)
            await shell.EndInput(cancellation);
    }

    private static bool IsOver(Exception e) => e is IOException or WebSocketException or OperationCanceledException or ObjectDisposedException;

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
