namespace Orrery.EndToEnd.Durability;

/// <summary>The server is killed at any moment; what it acknowledged is neither lost nor done twice.</summary>
public sealed class KilledServerTests
{
    private const int Seed = 20260307;
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("ORRERY_SOAK") == "1";

    [Fact]
    public async Task Killed_at_random_moments_every_acknowledged_workload_ends_done()
    {
        var (kills, random) = (IsSoak ? 100 : 10, new Random(Seed));
        await using var server = await TestServer.Run();
        var acknowledged = new List<string>();
        for (var kill = 0; kill < kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var submitting = Submit(server.Admin, acknowledged, stop.Token);
            var (some, until) = (acknowledged.Count, random.Next(1, 4));
            await Wait.Until("a few acknowledged workloads", () => Task.FromResult(Count(acknowledged) >= some + until));
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(120)), TimeProvider.System, TestContext.Current.CancellationToken); // the moment is the point
            await server.Process.Kill();
            await stop.CancelAsync();
            await submitting;
            await server.Start();
        }
        foreach (var id in acknowledged)
            await History.MustBeWhole(server.Admin, id);
    }

    [Fact]
    public async Task Told_to_stop_it_stops_in_order_and_goes_on_later()
    {
        await using var server = await TestServer.Run();
        var id = await server.Admin.Submit(Bodies.DocumentedWith("\"speed_multiplier\": 10"));
        await Wait.Until("a running stage", async () => (await server.Admin.Stages(id))[0].Str("status") == "running");
        await server.Process.Terminate();
        server.Process.ExitCode.ShouldBe(0, server.Process.Said);
        File.Exists(Path.Combine(server.Data, "server.url")).ShouldBeFalse();
        await server.Start();
        await History.MustBeWhole(server.Admin, id);
    }

    private static int Count(List<string> ids)
    {
        lock (ids)
            return ids.Count;
    }

    /// <summary>Submits until the server is gone; only an answer counts.</summary>
    private static async Task Submit(Api api, List<string> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && Count(acknowledged) < 1_000_000)
        {
            try
            {
                var id = await api.Submit(Bodies.DocumentedWith("\"speed_multiplier\": 200"));
                lock (acknowledged)
                    acknowledged.Add(id);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
            {
                return;
            }
        }
    }
}
