using System.Net;
using System.Net.Sockets;

namespace Orrery.Node.Network;

/// <summary>Ports for who will listen later: outside of those that Linux gives to outgoing connections (32768 to 60999, <c>net.ipv4.ip_local_port_range</c>), so that none of these takes it meanwhile.</summary>
internal static class FreePort
{
    private const int First = 61_000;
    private const int Count = IPEndPoint.MaxPort + 1 - First;
    private static int last = Random.Shared.Next(Count);

    /// <summary>One at which nobody listens now; others are given another until all have been.</summary>
    /// <exception cref="IOException">None is free.</exception>
    public static int Take()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
            if (IsFree(port))
                return port;
        }
        throw new IOException($"Somebody listens at every port from {First} to {IPEndPoint.MaxPort}.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
