using System.Net;
using System.Net.Sockets;

namespace Orrery.Cli.Examples;

/// <summary>Rank 0's part of the rendezvous.</summary>
internal static class RankZero
{
    /// <summary>Waits for every other rank and tells all of them where each is.</summary>
    public static async Task<Hello[]> Gather(World world, int port, CancellationToken cancellation)
    {
        var addresses = new Hello[world.Size];
        addresses[0] = new Hello(world.RunId, 0, world.Size, world.OwnAddress?.ToString(), port);
        var guests = new Dictionary<int, TcpClient>();
        using var listener = new TcpListener(world.OwnAddress ?? IPAddress.Any, world.MasterPort);
        listener.Start();
        try
        {
            while (guests.Count < world.Size - 1)
            {
                var guest = await listener.AcceptTcpClientAsync(cancellation);
                if (await Greet(guest, world, cancellation) is not { } hello)
                {
                    guest.Dispose();
                    continue;
                }
                if (guests.Remove(hello.Rank, out var earlier))
                    earlier.Dispose();
                guests[hello.Rank] = guest;
                addresses[hello.Rank] = hello;
            }
            foreach (var guest in guests.Values)
            {
                await using var writer = new StreamWriter(guest.GetStream(), leaveOpen: true);
                await Wire.Write(writer, addresses, cancellation);
            }
            return addresses;
        }
        finally
        {
            foreach (var guest in guests.Values)
                guest.Dispose();
        }
    }

    /// <summary>Null for whom is no rank of this run.</summary>
    private static async Task<Hello?> Greet(TcpClient guest, World world, CancellationToken cancellation)
    {
        try
        {
            using var reader = new StreamReader(guest.GetStream(), leaveOpen: true);
            var hello = await Wire.Read<Hello>(reader, cancellation);
            if (hello.RunId != world.RunId || hello.Size != world.Size || hello.Rank < 1 || hello.Rank >= world.Size)
                return null;
            return hello with { Address = hello.Address ?? ((IPEndPoint)guest.Client.RemoteEndPoint!).Address.ToString() };
        }
        catch (IOException)
        {
            return null;
        }
    }
}
