using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orrery.Kubernetes.Errors;
using Orrery.Kubernetes.Objects;

namespace Orrery.Kubernetes;

/// <summary>A program that runs in a container, over <c>v4.channel.k8s.io</c>. One reader; writers take turns.</summary>
public sealed class ExecSession : IAsyncDisposable, IDisposable
{
    internal const string Protocol = "v4.channel.k8s.io";
    private const int LargestFrame = 1024 * 1024;
    private const int FirstFrame = 32 * 1024;
    private const byte Stdin = 0;
    private const byte Error = 3;
    private const byte Size = 4;

    private readonly WebSocket socket;
    private readonly SemaphoreSlim turn = new(1);
    private byte[] buffer = new byte[FirstFrame];

    internal ExecSession(WebSocket socket) => this.socket = socket;

    /// <summary>Null until the program has ended and <see cref="Receive"/> has answered null.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The next bytes that the program wrote; null when it has ended.</summary>
    /// <exception cref="KubernetesApiException">It could not be started.</exception>
    /// <exception cref="KubernetesProtocolException">The connection broke off, or what came is not of the protocol.</exception>
    public async Task<ExecFrame?> Receive(CancellationToken ct)
    {
        while (await Frame(ct) is { } length)
        {
            if (length == 0)
                continue;
            var data = buffer.AsMemory(1, length - 1);
            switch (buffer[0])
            {
                case (byte)ExecStream.Stdout or (byte)ExecStream.Stderr:
                    if (data.Length > 0)
                        return new ExecFrame((ExecStream)buffer[0], data); // each channel begins with an empty frame
                    break;
                case Error:
                    if (data.Length > 0)
                        ExitCode = ReadExit(data.Span);
                    break;
            }
        }
        return ExitCode is not null ? null : throw new KubernetesProtocolException("The connection to the program ended without its exit status.");
    }

    /// <summary>To the program's standard input.</summary>
    /// <exception cref="WebSocketException">The connection has ended.</exception>
    public Task Write(ReadOnlyMemory<byte> data, CancellationToken ct) => Send(Stdin, data, ct);

    /// <summary>Sizes the terminal.</summary>
    /// <exception cref="WebSocketException">The connection has ended.</exception>
    public Task Resize(int columns, int rows, CancellationToken ct) =>
        Send(Size, JsonSerializer.SerializeToUtf8Bytes(new TerminalSize(columns, rows), ExecSessionJson.Default.TerminalSize), ct);

    /// <summary>Leaves: a terminal's programs get SIGHUP.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // it has gone
        }
        socket.Dispose();
        turn.Dispose();
    }

    /// <summary>Leaves without a farewell.</summary>
    public void Dispose()
    {
        socket.Dispose();
        turn.Dispose();
    }

    private async Task Send(byte channel, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        var frame = ArrayPool<byte>.Shared.Rent(data.Length + 1);
        await turn.WaitAsync(ct);
        try
        {
            frame[0] = channel;
            data.CopyTo(frame.AsMemory(1));
            await socket.SendAsync(frame.AsMemory(0, data.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
        finally
        {
            turn.Release();
            ArrayPool<byte>.Shared.Return(frame, clearArray: true);
        }
    }

    /// <returns>Its length in <see cref="buffer"/>; null at the end.</returns>
    private async Task<int?> Frame(CancellationToken ct)
    {
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), ct);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                length += part.Count;
                if (part.EndOfMessage)
                    return length;
                if (length >= LargestFrame)
                    throw new KubernetesProtocolException($"A frame of the program is larger than {LargestFrame} bytes.");
                if (length == buffer.Length)
                    Array.Resize(ref buffer, Math.Min(buffer.Length * 2, LargestFrame));
            }
        }
        catch (WebSocketException)
        {
            return null; // ended without a farewell: whether it had told its exit decides
        }
    }

    private static int ReadExit(ReadOnlySpan<byte> data)
    {
        var status = Deserialize(data);
        if (status.Outcome == Status.Success)
            return 0;
        if (status.Reason == StatusReasons.NonZeroExitCode
            && status.Details?.Causes?.Find(cause => cause.Reason == StatusReasons.ExitCode)?.Message is { } text
            && int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, provider: null, out var code))
            return code;
        throw ErrorReader.Of(status);
    }

    private static Status Deserialize(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, KubernetesJson.Default.Status) ?? throw new KubernetesProtocolException("The program's status is null.");
        }
        catch (JsonException)
        {
            throw new KubernetesProtocolException("The program's status cannot be read.");
        }
    }
}

[method: JsonConstructor]
internal sealed record TerminalSize([property: JsonPropertyName("Width")] int Width, [property: JsonPropertyName("Height")] int Height);

[JsonSerializable(typeof(TerminalSize))]
internal sealed partial class ExecSessionJson : JsonSerializerContext;
