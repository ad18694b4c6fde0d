using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>The server is killed at any moment while pods run: each workload ends as it would have, once, with every line of its log.</summary>
public sealed class KilledClusterTests
{
    private const int Workloads = 20;
    private const int Lines = 40;
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("ORRERY_SOAK") == "1";

    [Fact]
    public async Task Killed_at_random_moments_every_workload_ends_as_it_would_have()
    {
        var (kills, random) = (IsSoak ? 100 : 10, new Random(20261125));
        await using var server = await TestServer.Run(null, ClusterFixture.Settings);
        var open = new Dictionary<string, int>(StringComparer.Ordinal); // id → the exit code it ends with
        var ended = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            while (open.Count < Workloads)
            {
                var code = random.Next(4) == 0 ? 3 : 0;
                open[await server.Admin.Create(Body(Script(code), "mark", members: "\"maxRetry\":0", cpu: "10m"))] = code;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(400)), TimeProvider.System, TestContext.Current.CancellationToken); // the moment is the point
            await server.Process.Kill();
            await server.Start();
            foreach (var (id, code) in open.ToList())
            {
                if ((await server.Admin.Look(id)).Str("phase") is "Pending" or "Running")
                    continue;
                await MustBeWhole(server.Admin, id, code);
                open.Remove(id);
                ended++;
            }
        }
        foreach (var (id, code) in open)
        {
            await server.Admin.UntilEnd(id);
            await MustBeWhole(server.Admin, id, code);
            ended++;
        }
        ended.ShouldBeGreaterThanOrEqualTo(Workloads);
        foreach (var id in open.Keys)
            (await Processes.Of(id)).ShouldBeEmpty();
    }

    /// <summary>Numbered lines over a second or so, then an exit code.</summary>
    private static string Script(int code) => $"i=0; while [ $i -lt {Lines} ]; do i=$((i+1)); echo \"line $i of run $DISPATCH_COUNT\"; sleep 0.02; done; exit {code}";

    private static async Task MustBeWhole(Api api, string id, int code)
    {
        var view = await api.Look(id);
        view.Str("phase").ShouldBe(code == 0 ? "Succeeded" : "Failed", view.ToJsonString());
        view.Int("dispatchCount").ShouldBe(1, "a run was made twice");
        view.Pod()["containers"]!.AsArray()[0].Int("exitCode").ShouldBe(code);
        (await api.Logs(id)).ShouldBe(Enumerable.Range(1, Lines).Select(i => $"line {i} of run 1"));
    }
}
