using System.Net;
using System.Net.Sockets;

namespace Orrery.Cli.Examples;

/// <summary>
/// How ranks find each other: each opens a port for its neighbour and tells rank 0, which answers with everyone's
/// address once all have come; then each connects to the next.
/// </summary>
internal static class Rendezvous
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="CommandException">The ranks did not come together in time.</exception>
    public static async Task<Ring> Join(World world, TimeProvider clock, CancellationToken cancellation)
    {
        if (world.Size == 1)
            return new Ring(world, null, null);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var neighbours = new TcpListener(world.OwnAddress ?? IPAddress.Any, 0);
            neighbours.Start();
            var port = ((IPEndPoint)neighbours.LocalEndpoint).Port;
            var addresses = world.Rank == 0
                ? await RankZero.Gather(world, port, both.Token)
                : await Ask(world, port, clock, both.Token);
            var next = addresses[(world.Rank + 1) % world.Size];
            var accepting = neighbours.AcceptTcpClientAsync(both.Token).AsTask();
            var outgoing = await Connect(next.Address!, next.Port, clock, both.Token);
            return new Ring(world, outgoing, await accepting);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandException(ExitCodes.WorkloadFailed, $"rank {world.Rank} of {world.Size}: the ranks did not come together at {world.MasterHost}:{world.MasterPort} in {Patience.TotalMinutes} minutes.");
        }
    }

    /// <summary>Tells rank 0 where this rank is, again and again until it answers.</summary>
    private static async Task<Hello[]> Ask(World world, int port, TimeProvider clock, CancellationToken cancellation)
    {
        while (true)
        {
            using var master = await Connect(world.MasterHost, world.MasterPort, clock, cancellation);
            try
            {
                await using var writer = new StreamWriter(master.GetStream(), leaveOpen: true);
                using var reader = new StreamReader(master.GetStream(), leaveOpen: true);
                await Wire.Write(writer, new Hello(world.RunId, world.Rank, world.Size, world.OwnAddress?.ToString(), port), cancellation);
                var addresses = await Wire.Read<Hello[]>(reader, cancellation);
                addresses[0] = addresses[0] with { Address = ((IPEndPoint)master.Client.RemoteEndPoint!).Address.ToString() };
                return addresses;
            }
            catch (IOException)
            {
                // Rank 0 of an earlier run, or one that is about to be replaced.
                await Task.Delay(Pause, clock, cancellation);
            }
        }
    }

    /// <summary>A rank may start, and its name be known, long after the others.</summary>
    private static async Task<TcpClient> Connect(string host, int port, TimeProvider clock, CancellationToken cancellation)
    {
        while (true)
        {
            var client = new TcpClient { NoDelay = true };
            try
            {
                await client.ConnectAsync(host, port, cancellation);
                return client;
            }
            catch (SocketException)
            {
                client.Dispose();
                await Task.Delay(Pause, clock, cancellation);
            }
            catch (OperationCanceledException)
            {
                client.Dispose();
                throw;
            }
        }
    }
}
