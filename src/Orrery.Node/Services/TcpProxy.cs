using System.Net;
using System.Net.Sockets;

namespace Orrery.Node.Services;

/// <summary>Accepts connections at one address and carries each to a ready pod.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int Backlog = 512;
    private const int CopyBytes = 64 * 1024;

    private readonly CancellationTokenSource stop = new();
    private readonly Socket listener;
    private readonly Backends backends;
    private readonly int targetPort;
    private readonly Task loop;

    /// <exception cref="SocketException">The address is taken, or not ours.</exception>
    public TcpProxy(IPEndPoint address, int targetPort, Backends backends)
    {
        (this.backends, this.targetPort) = (backends, targetPort);
        listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(address);
            listener.Listen(Backlog);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
        loop = Accept();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(stop.Token);
            }
            catch (SocketException)
            {
                continue; // the client went away before it was accepted
            }
            _ = Carry(client);
        }
    }

    private async Task Carry(Socket client)
    {
        using var near = client;
        near.NoDelay = true;
        foreach (var pod in Candidates())
        {
            backends.Enter(pod);
            try
            {
                if (!backends.IsReady(pod))
                    continue; // it left between the choice and the entry, and may be ended as idle
                using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (!await TryConnect(far, new IPEndPoint(pod, targetPort)))
                    continue; // it has just ended: the next one
                await Task.WhenAll(Copy(near, far), Copy(far, near));
                return;
            }
            finally
            {
                backends.Leave(pod);
            }
        }
    }

    /// <summary>All ready pods in turn, and once more as they are then: a whole set may have been replaced meanwhile.</summary>
    private IEnumerable<IPAddress> Candidates()
    {
        foreach (var pod in backends.InTurn())
            yield return pod;
        foreach (var pod in backends.InTurn())
            yield return pod;
    }

    private async Task<bool> TryConnect(Socket far, IPEndPoint pod)
    {
        try
        {
            await far.ConnectAsync(pod, stop.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[CopyBytes];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, stop.Token)) > 0)
            {
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stop.Token);
            }
            to.Shutdown(SocketShutdown.Send); // the other direction may go on
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
