using System.Net.Sockets;
using Orrery.Node.Hosting;
using Orrery.Node.Posix;

namespace Orrery.Node.Protocol;

/// <summary>Connects to a node's socket, whose path may be longer than the 108 bytes that an address holds.</summary>
internal sealed class NodeSocket(NodeFolder folder)
{
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public async ValueTask<Stream> Connect(CancellationToken cancellation)
    {
        using var directory = Files.OpenDirectory(folder.Root);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(ShortPath(directory)), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A path through an open folder, which stays short wherever the folder is.</summary>
    public static string ShortPath(Microsoft.Win32.SafeHandles.SafeFileHandle directory) =>
        $"/proc/self/fd/{directory.DangerousGetHandle()}/{NodeFolder.SocketName}";
}
