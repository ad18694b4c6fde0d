using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Orrery.Node.Services;

/// <summary>Carries datagrams; each client keeps its pod while the pod is ready, and is forgotten when it falls silent.</summary>
internal sealed class UdpProxy : IAsyncDisposable
{
    private const int LargestDatagram = 65_535;
    private const int MostClients = 10_000;

    private readonly ConcurrentDictionary<IPEndPoint, Path> paths = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Socket listener;
    private readonly Backends backends;
    private readonly int targetPort;
    private readonly TimeSpan idle;
    private readonly TimeProvider clock;
    private readonly Task loop;

    /// <exception cref="SocketException">The address is taken, or not ours.</exception>
    public UdpProxy(IPEndPoint address, int targetPort, Backends backends, TimeSpan idle, TimeProvider clock)
    {
        (this.backends, this.targetPort, this.idle, this.clock) = (backends, targetPort, idle, clock);
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            listener.Bind(address);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
        loop = Receive();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Receive()
    {
        var buffer = new byte[LargestDatagram];
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var received = await listener.ReceiveFromAsync(buffer, SocketFlags.None, any, stop.Token);
                if (PathOf((IPEndPoint)received.RemoteEndPoint) is { } path)
                    await path.Socket.SendAsync(buffer.AsMemory(0, received.ReceivedBytes), SocketFlags.None, stop.Token);
            }
            catch (SocketException)
            {
                // a datagram that cannot be delivered is lost, as datagrams are
            }
        }
    }

    private Path? PathOf(IPEndPoint client)
    {
        if (paths.TryGetValue(client, out var path) && backends.IsReady(path.Pod))
            return path;
        if (backends.InTurn() is not [var pod, ..] || paths.Count >= MostClients)
            return null;
        path?.Socket.Dispose();
        path = new Path(pod, new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        path.Socket.Connect(new IPEndPoint(pod, targetPort));
        paths[client] = path;
        _ = Answer(client, path);
        return path;
    }

    private async Task Answer(IPEndPoint client, Path path)
    {
        var buffer = new byte[LargestDatagram];
        try
        {
            while (true)
            {
                var read = await path.Socket.ReceiveAsync(buffer, SocketFlags.None, stop.Token).AsTask().WaitAsync(idle, clock, stop.Token);
                await listener.SendToAsync(buffer.AsMemory(0, read), SocketFlags.None, client, stop.Token);
            }
        }
        catch (Exception e) when (e is SocketException or TimeoutException or OperationCanceledException or ObjectDisposedException)
        {
            path.Socket.Dispose();
            paths.TryRemove(KeyValuePair.Create(client, path));
        }
    }

    private sealed record Path(IPAddress Pod, Socket Socket);
}
