using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orrery.Kubernetes;
using Orrery.Node.Protocol;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Shells;

/// <summary>A program in a pod as the WebSocket that every backend gives: bytes both ways, sizes and errors as text, the exit code as its farewell.</summary>
internal sealed class ExecSocket(ExecSession session, bool hasTerminal) : WebSocket
{
    private const int LargestSide = 1000;
    private static readonly byte[] EndOfTransmission = [4];

    private ReadOnlyMemory<byte> rest;
    private WebSocketMessageType restType;
    private WebSocketState state = WebSocketState.Open;
    private string? farewell;

    public override WebSocketCloseStatus? CloseStatus => farewell is null ? null : WebSocketCloseStatus.NormalClosure;

    public override string? CloseStatusDescription => farewell;

    public override WebSocketState State => state;

    public override string? SubProtocol => null;

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        if (rest.IsEmpty && !await Take(cancellationToken))
            return new WebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true, WebSocketCloseStatus.NormalClosure, farewell);
        var count = Math.Min(rest.Length, buffer.Count);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        return new WebSocketReceiveResult(count, restType, rest.IsEmpty);
    }

    public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (messageType == WebSocketMessageType.Binary)
            await session.Write(buffer, cancellationToken);
        else if (messageType == WebSocketMessageType.Text && endOfMessage && Parse(buffer) is { } control)
            await Control(control, cancellationToken);
    }

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override async Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        state = WebSocketState.Closed;
        await session.DisposeAsync();
    }

    public override void Abort()
    {
        state = WebSocketState.Aborted;
        Dispose();
    }

    public override void Dispose() => session.Dispose();

    /// <returns>False at the end.</returns>
    private async Task<bool> Take(CancellationToken ct)
    {
        try
        {
            if (await session.Receive(ct) is { } frame)
            {
                var isErrors = frame.Stream == ExecStream.Stderr;
                rest = isErrors ? JsonSerializer.SerializeToUtf8Bytes(new ShellControl(Stderr: frame.Data.ToArray()), ShellJson.Default.ShellControl) : frame.Data;
                restType = isErrors ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                return true;
            }
            farewell = $"exit {session.ExitCode}";
        }
        catch (KubernetesException error)
        {
            farewell = error.Message.Length > 100 ? error.Message[..100] : error.Message; // RFC 6455 5.5: a close frame has 125 bytes at most
        }
        state = WebSocketState.CloseReceived;
        return false;
    }

    private async Task Control(ShellControl control, CancellationToken ct)
    {
        if (control.Resize is { Cols: > 0 and <= LargestSide, Rows: > 0 and <= LargestSide } size)
            await session.Resize(size.Cols, size.Rows, ct);
        if (control.Eof == true && hasTerminal)
            await session.Write(EndOfTransmission, ct);
    }

    private static ShellControl? Parse(ArraySegment<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ShellJson.Default.ShellControl);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ShellControl))]
internal sealed partial class ShellJson : JsonSerializerContext;
