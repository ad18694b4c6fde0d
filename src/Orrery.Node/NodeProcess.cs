using Orrery.Node.Hosting;
using Orrery.Node.Protocol;

namespace Orrery.Node;

/// <summary>Keeps one node process alive per data folder, in a session of its own.</summary>
public static class NodeProcess
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Until a started process holds its lock it cannot be told from one that died.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The version of this program; a node of another version is asked to make room, while its pods go on.</summary>
    public static string Version { get; } = typeof(NodeProcess).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..12];

    /// <summary>Returns once a node of this version answers; starts one when none does. Safe to call from several processes at once.</summary>
    /// <param name="dataFolder">The server's.</param>
    /// <param name="settings">For <see cref="NodeOptions.Parse"/>, should the node have to be started.</param>
    /// <param name="startTimeout">How long to wait; 30 s without.</param>
    /// <param name="clock">Paces the wait.</param>
    /// <param name="cancellation">Stops waiting, not the node.</param>
    /// <exception cref="NodeException">It did not come up in time; the message has the end of its log.</exception>
    public static async Task<NodeHealth> Ensure(
        string dataFolder,
        IReadOnlyList<string>? settings = null,
        TimeSpan? startTimeout = null,
        TimeProvider? clock = null,
        CancellationToken cancellation = default)
    {
        var folder = new NodeFolder(dataFolder);
        folder.Create();
        clock ??= TimeProvider.System;
        using var client = new NodeClient(dataFolder, clock);
        var start = new NodeStart(folder, settings ?? []);
        var deadline = clock.GetUtcNow() + (startTimeout ?? TimeSpan.FromSeconds(30));
        DateTimeOffset? startedAt = null;
        while (true)
        {
            if (await Health(client, clock, cancellation) is { } health)
            {
                if (health.Version == Version)
                    return health;
                await AskToExit(client, cancellation);
            }
            else if ((startedAt is null || clock.GetUtcNow() - startedAt > Patience) && !start.IsAlive() && start.TryStart())
            {
                startedAt = clock.GetUtcNow();
            }
            if (clock.GetUtcNow() > deadline)
                throw new NodeException($"the node did not come up: {start.LogTail()}");
            await Task.Delay(Poll, clock, cancellation);
        }
    }

    /// <summary>Ends every pod of a data folder, cleans up after them, and ends the node process. The server must not run.</summary>
    /// <param name="dataFolder">The server's.</param>
    /// <param name="clock">Paces the wait.</param>
    /// <param name="cancellation">Stops waiting; what was asked for goes on.</param>
    /// <returns>How many workloads were ended.</returns>
    /// <exception cref="NodeException">The node does not answer.</exception>
    public static async Task<int> Stop(string dataFolder, TimeProvider? clock = null, CancellationToken cancellation = default)
    {
        await Ensure(dataFolder, clock: clock, cancellation: cancellation); // also when none runs: pods may have outlived it
        using var client = new NodeClient(dataFolder, clock);
        var count = 0;
        await foreach (var told in client.Watch(cancellation))
        {
            if (told is NodeSnapshot snapshot)
            {
                count = snapshot.Runs.Count;
                foreach (var run in snapshot.Runs)
                    await client.Remove(run.WorkloadId, cancellation);
            }
            if ((await client.Snapshot(cancellation)).Count == 0)
                break;
        }
        await AskToExit(client, cancellation);
        var start = new NodeStart(new NodeFolder(dataFolder), []);
        while (start.IsAlive())
            await Task.Delay(Poll, clock ?? TimeProvider.System, cancellation);
        return count;
    }

    private static async Task<NodeHealth?> Health(NodeClient client, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            return await client.Health(cancellation).WaitAsync(TimeSpan.FromSeconds(5), clock, cancellation);
        }
        catch (Exception e) when (e is NodeException or TimeoutException)
        {
            return null;
        }
    }

    private static async Task AskToExit(NodeClient client, CancellationToken cancellation)
    {
        try
        {
            await client.Exit(cancellation);
        }
        catch (NodeException)
        {
            // it went before it could answer
        }
    }
}
