using System.Net.Http.Json;
using System.Text.Json;

namespace Orrery.Bench;

/// <summary>Durable creates of cluster workloads over HTTP, and a page of the list among many.</summary>
internal static class ClusterBench
{
    private const int Seconds = 10;
    private const int Many = 100_000;
    private const string Path = "api/v1/workloads";

    /// <summary>Waits for a node that is not there: what is measured is taking it in, durably, and queueing it.</summary>
    private const string Body =
        """
        {"displayName":"bench","workspaceId":"default","description":"nightly training","resource":{"replica":1,"cpu":"1","memory":"1Gi"},"entryPoint":"dHJ1ZQ==","customerLabels":{"zone":"moon"}}
        """;

    public static async Task Creates()
    {
        DiskBench.Run();
        await using var server = await OrreryUnderTest.Start();
        var (key, url) = Target(server);
        Wrk.Run(url, key, Body, 128, 8); // compiled by then
        foreach (var connections in new[] { 64, 128, 256 })
        {
            var (rate, p99) = Wrk.Run(url, key, Body, connections, Seconds);
            Report.Row($"durable creates, {connections} connections", $"{rate:N0} a second, p99 {p99}");
        }
        Report.Row("workloads there by then", $"{await Count(server):N0}");
    }

    public static async Task Lists()
    {
        await using var server = await OrreryUnderTest.Start();
        var (key, url) = Target(server);
        while (await Count(server) < Many)
            Wrk.Run(url, key, Body, 64, 1);
        var count = await Count(server);
        Wrk.Run($"{server.Http.BaseAddress}healthz", key, null, 1, 2);
        var (floorRate, floor) = Wrk.Run($"{server.Http.BaseAddress}healthz", key, null, 1, Seconds);
        Report.Row("the floor: /healthz", $"p99 {floor} ({floorRate:N0} a second)");
        foreach (var (name, query) in Queries())
        {
            Wrk.Run($"{url}?{query}", key, null, 1, 5); // compiled by then
            var (rate, p99) = Wrk.Run($"{url}?{query}", key, null, 1, Seconds);
            Report.Row($"list of 100 among {count:N0}: {name}", $"p99 {p99} ({rate:N0} a second)");
        }
    }

    private static (string Key, string Url) Target(OrreryUnderTest server) =>
        (server.Http.DefaultRequestHeaders.Authorization!.Parameter!, $"{server.Http.BaseAddress}{Path}");

    private static (string Name, string Query)[] Queries() =>
    [
        ("workspace, phase and kind", "workspaceId=default&phase=Pending&kind=PyTorchJob"),
        ("workspace, phases that few have", "workspaceId=default&phase=Running,Failed"),
        ("user, by priority", "userName=admin&sortBy=priority&order=asc"),
        ("substring of the description", "workspaceId=default&description=nightly"),
        ("since, page 500", "workspaceId=default&since=2020-01-01T00:00:00Z&offset=50000"),
    ];

    private static async Task<long> Count(OrreryUnderTest server) =>
        (await server.Http.GetFromJsonAsync<JsonElement>($"{Path}?limit=1")).GetProperty("totalCount").GetInt64();
}
