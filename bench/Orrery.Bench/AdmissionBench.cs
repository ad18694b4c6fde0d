using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Hosting;

namespace Orrery.Bench;

/// <summary>The admission load that Kueue publishes: 15,000 workloads of 30 workspaces, created over HTTP in wall time, every admission durable.</summary>
/// <remarks>Kueue, test/performance/scheduler, configuration "baseline": 5 cohorts of 6 queues, quota 20, borrowing limit 100.</remarks>
internal static class AdmissionBench
{
    private const int Groups = 5;
    private const int PerGroup = 6;
    private const int Quota = 20;
    private const double IdealSeconds = 67.0;

    private static readonly Load[] Loads = [new(350, 100, 200, 1, 0), new(100, 500, 500, 5, 1), new(50, 1200, 1000, 20, 2)];

    public static async Task Run()
    {
        var clock = TimeProvider.System;
        var folder = Directory.CreateTempSubdirectory("orrery-bench-").FullName;
        var backend = new WaitingBackend(clock);
        var app = await OrreryHost.Build(
            new ServerSettings { DataFolder = folder, Urls = "http://127.0.0.1:0" },
            services => services.AddSingleton<BackendFactory>(_ => new Factory(backend)));
        await app.StartAsync();
        using var http = Client(app, folder);
        var workspaces = await MakeWorkspaces(http);
        var started = clock.GetTimestamp();
        await Task.WhenAll(workspaces.SelectMany(workspace => Loads.Select(load => Create(http, workspace, load, started, clock))));
        var total = Groups * PerGroup * Loads.Sum(load => load.Count);
        while (backend.Runs.Count < total)
            await Task.Delay(TimeSpan.FromMilliseconds(5), clock);
        Tell(backend, started, clock, total);
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static void Tell(WaitingBackend backend, long started, TimeProvider clock, int total)
    {
        var seconds = clock.GetElapsedTime(started, backend.Runs.Max(run => run.Ended)).TotalSeconds;
        var used = backend.Runs.Sum(run => clock.GetElapsedTime(run.Begun, run.Ended).TotalSeconds * run.Cores) / (Groups * PerGroup * Quota * seconds);
        Report.Row($"{total:N0} workloads, from the first create to the last end", $"{seconds:F1} s (ideal {IdealSeconds:F1} s)");
        Report.Row("share of the quota in use over that time", $"{used:P1}");
    }

    private static async Task Create(HttpClient http, string workspace, Load load, long started, TimeProvider clock)
    {
        var body = $$"""
            {"displayName":"load","workspaceId":"{{workspace}}","priority":{{load.Priority}},"resource":{"replica":1,"cpu":"{{load.Cores}}","memory":"1Mi"},
             "entryPoint":"dHJ1ZQ==","env":{"RUN_MS":"{{load.RunMs}}"},"ttlSecondsAfterFinished":3600}
            """;
        for (var i = 0; i < load.Count; i++)
        {
            var wait = TimeSpan.FromMilliseconds((double)i * load.EveryMs) - clock.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, clock);
            using var answer = await http.PostAsync("api/v1/workloads", new StringContent(body, Encoding.UTF8, "application/json"));
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<List<string>> MakeWorkspaces(HttpClient http)
    {
        var made = new List<string>();
        for (var group = 0; group < Groups; group++)
        {
            for (var i = 0; i < PerGroup; i++)
            {
                var id = $"w-{group}-{i}";
                var body = $$"""{"workspaceId":"{{id}}","displayName":"{{id}}","group":"g-{{group}}","quota":{"cpu":"{{Quota}}"},"borrowingLimit":{"cpu":"100"} }""";
                using var answer = await http.PostAsync("api/v1/workspaces", new StringContent(body, Encoding.UTF8, "application/json"));
                answer.EnsureSuccessStatusCode();
                made.Add(id);
            }
        }
        return made;
    }

    private static HttpClient Client(WebApplication app, string folder)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(folder, "admin.key")));
        return http;
    }

    private sealed record Load(int Count, int EveryMs, int RunMs, int Cores, int Priority);

    private sealed class Factory(WaitingBackend backend) : BackendFactory([])
    {
        public override IClusterBackend? Open(ClusterRow cluster, IClusterLease lease) => backend;
    }
}
