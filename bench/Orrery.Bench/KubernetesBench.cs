using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Testing;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Events;
using Orrery.Server.Hosting;

namespace Orrery.Bench;

/// <summary>How fast workloads become objects of a Kubernetes cluster, and how late we know what became of them.</summary>
internal static class KubernetesBench
{
    private const string ClusterId = "k8s";
    private const string Image = "localhost/busybox:1";
    private const int AtOnce = 16;
    private const int Steady = 200;

    /// <summary>The argument by which this program is the double.</summary>
    public const string Child = "kubernetes-double";

    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>1,000 workloads on the double, a process of its own whose pods are hollow. The server and who loads it are this process.</summary>
    public static async Task Double()
    {
        const int Warm = 1000;
        const int Count = 1000;
        using var cluster = Process.Start(new ProcessStartInfo("dotnet", [typeof(KubernetesBench).Assembly.Location, Child]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var address = await cluster.StandardOutput.ReadLineAsync();
        var told = new ConcurrentDictionary<(string Pod, string Phase), long>();
        var hearing = Task.Run(() => Hear(cluster.StandardOutput, told));
        var folder = Directory.CreateTempSubdirectory("orrery-bench-").FullName;
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, $$$"""{apiVersion: v1, clusters: [{name: a, cluster: {server: "{{{address}}}"}}], contexts: [{name: a, context: {cluster: a}}], current-context: a}""");
        var app = await Start(folder, kubeconfig);
        using var http = Client(app, folder);
        await MakeWorkspace(http, "load");
        await Dispatch(app, http, "load", Warm); // compiled by then
        foreach (var rate in new[] { 0, Steady })
        {
            var seen = Watch(app);
            var (ids, seconds) = await Dispatch(app, http, "load", Count, rate);
            Report.Row($"{Count:N0} workloads, {(rate == 0 ? "as fast as they are taken" : $"{rate} a second")}, from the first create to the last dispatched", $"{seconds:F2} s: {Count / seconds:N0} a second");
            await Eventually(() => ids.All(id => seen.ContainsKey((id, ClusterPhase.Succeeded))));
            foreach (var (phase, ours) in new[] { ("Running", ClusterPhase.Running), ("Succeeded", ClusterPhase.Succeeded) })
            {
                var late = ids.Where(id => seen.ContainsKey((id, ours)) && told.ContainsKey(($"{id}-1-0", phase)))
                    .Select(id => Clock.GetElapsedTime(told[($"{id}-1-0", phase)], seen[(id, ours)]).TotalMilliseconds).Order().ToList();
                Report.Row($"from the event of the watch to our status, durable: {phase}, {late.Count:N0} of them", $"p50 {Report.Percentile(late, 0.5):F0} ms, p99 {Report.Percentile(late, 0.99):F0} ms");
            }
        }
        await app.StopAsync();
        await app.DisposeAsync();
        cluster.StandardInput.Close();
        await hearing;
        await cluster.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The double as a process: its address, then a line for each event of a pod that a watch is about to send, with the time of the machine's own clock.</summary>
    public static async Task Serve()
    {
        await using var cluster = await ApiServerDouble.Start(new ApiServerDoubleOptions { HollowFor = TimeSpan.FromSeconds(5), Nodes = [.. Enumerable.Range(1, 100).Select(i => $"node-{i}")] });
        cluster.PodTold += (pod, phase) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pod} {phase} {Clock.GetTimestamp()}"));
        Console.WriteLine(cluster.Address);
        await Console.In.ReadToEndAsync();
    }

    private static async Task Hear(StreamReader said, ConcurrentDictionary<(string Pod, string Phase), long> told)
    {
        while (await said.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is [var pod, var phase, var at])
                told.TryAdd((pod, phase), long.Parse(at, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The same on the cluster of KUBECONFIG, and what <c>kubectl apply</c> makes of the same objects.</summary>
    public static async Task Real()
    {
        const int Count = 80; // one node of the test cluster takes 110 pods
        var kubeconfig = Environment.GetEnvironmentVariable("KUBECONFIG") ?? throw new InvalidOperationException("KUBECONFIG names no cluster.");
        var name = $"bench-{Guid.NewGuid().ToString("N")[..8]}";
        var folder = Directory.CreateTempSubdirectory("orrery-bench-").FullName;
        using var client = new KubernetesClient(KubeConfig.Load([kubeconfig]));
        var app = await Start(folder, kubeconfig);
        using var http = Client(app, folder);
        await MakeWorkspace(http, name);
        await Dispatch(app, http, name, 3); // compiled by then, and the namespace is there
        var (ids, seconds) = await Dispatch(app, http, name, Count);
        Report.Row($"{Count} workloads, from the first create to the last dispatched", $"{seconds:F2} s: {Count / seconds:N0} a second");
        var file = Path.Combine(folder, "objects.json");
        var objects = await WriteObjects(client, name, ids, file);
        var began = Clock.GetTimestamp();
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["--kubeconfig", kubeconfig, "apply", "-f", file]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        await kubectl.StandardOutput.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        var theirs = Clock.GetElapsedTime(began).TotalSeconds;
        Report.Row($"kubectl apply of the same {objects} objects (exit {kubectl.ExitCode})", $"{theirs:F2} s: {Count / theirs:N0} workloads a second");
        await app.StopAsync();
        await app.DisposeAsync();
        foreach (var space in new[] { name, $"{name}-b" })
            await client.Namespaces.Delete(ns: null, space, new DeleteOptions(), CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<WebApplication> Start(string folder, string kubeconfig)
    {
        var app = await OrreryHost.Build(new ServerSettings
        {
            DataFolder = Path.Combine(folder, "data"),
            Urls = "http://127.0.0.1:0",
            Configuration = ["Clusters:Local=false", $"Clusters:Kubernetes:0:Id={ClusterId}", $"Clusters:Kubernetes:0:Kubeconfig={kubeconfig}", "Kubernetes:UnschedulableS=600"],
        });
        await app.StartAsync();
        var host = app.Services.GetRequiredService<ClusterHost>();
        await Eventually(() => host.Find(ClusterId)?.State.NodeFacts.Count > 0);
        return app;
    }

    private static HttpClient Client(WebApplication app, string folder)
    {
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(Path.Combine(folder, "data", "admin.key")));
        return http;
    }

    private static async Task MakeWorkspace(HttpClient http, string name)
    {
        using var answer = await http.PostAsJsonAsync("api/v1/workspaces", new { workspaceId = name, displayName = name, clusterId = ClusterId });
        answer.EnsureSuccessStatusCode();
    }

    /// <param name="app">The server.</param>
    /// <param name="http">Its client.</param>
    /// <param name="workspace">Where they are.</param>
    /// <param name="count">How many.</param>
    /// <param name="rate">So many a second; 0: as fast as they are taken.</param>
    /// <returns>The ids, and the seconds until the cluster had the last.</returns>
    private static async Task<(IReadOnlyList<string> Ids, double Seconds)> Dispatch(WebApplication app, HttpClient http, string workspace, int count, int rate = 0)
    {
        var dispatched = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var state = app.Services.GetRequiredService<ClusterHost>().Find(ClusterId)!.State;
        void Note(string id)
        {
            lock (state.Gate)
            {
                if (state.Find(id)?.Row is { } row && ConditionLog.Has(row.Conditions, ConditionTypes.AdminDispatched, 1))
                    dispatched.TryAdd(id, Clock.GetTimestamp());
            }
        }

        var signals = app.Services.GetRequiredService<Signals>();
        signals.Changed += Note;
        var ids = new ConcurrentBag<string>();
        var began = Clock.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, ct) =>
        {
            if (rate > 0 && TimeSpan.FromSeconds((double)number / rate) - Clock.GetElapsedTime(began) is { Ticks: > 0 } early)
                await Task.Delay(early, Clock, ct);
            using var answer = await http.PostAsJsonAsync(
                "api/v1/workloads",
                new { displayName = "load", workspaceId = workspace, image = Image, entryPoint = "c2xlZXAgNjA=", resource = new { replica = 1, cpu = "5m", memory = "16Mi" }, env = new { TOKEN = "x" } },
                ct);
            ids.Add((await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(ct))!["workloadId"]!.GetValue<string>());
        });
        await Eventually(() => dispatched.Count >= count);
        signals.Changed -= Note;
        return ([.. ids], Clock.GetElapsedTime(began, dispatched.Values.Max()).TotalSeconds);
    }

    /// <summary>When each workload was first committed in each phase.</summary>
    private static ConcurrentDictionary<(string Id, string Phase), long> Watch(WebApplication app)
    {
        var seen = new ConcurrentDictionary<(string, string), long>();
        var state = app.Services.GetRequiredService<ClusterHost>().Find(ClusterId)!.State;
        app.Services.GetRequiredService<Signals>().Changed += id =>
        {
            var now = Clock.GetTimestamp();
            lock (state.Gate)
            {
                if (state.Find(id)?.Row is { } row)
                    seen.TryAdd((id, row.Phase), now);
            }
        };
        return seen;
    }

    /// <summary>What the cluster has of the workloads, for another namespace: as a user would keep it in a file.</summary>
    private static async Task<int> WriteObjects(KubernetesClient client, string workspace, IReadOnlyList<string> ids, string file)
    {
        var items = new JsonArray(Bare(new { apiVersion = "v1", kind = "Namespace", metadata = new { name = $"{workspace}-b" } }));
        foreach (var id in ids)
        {
            var pod = await client.Pods.Get(workspace, $"{id}-1-0", CancellationToken.None);
            var secret = await client.Secrets.Get(workspace, id, CancellationToken.None);
            var meta = new { name = pod.Metadata.Name, @namespace = $"{workspace}-b", labels = pod.Metadata.Labels, annotations = pod.Metadata.Annotations };
            items.Add(Bare(new { apiVersion = "v1", kind = "Secret", metadata = new { name = id, @namespace = $"{workspace}-b", labels = secret.Metadata.Labels }, data = secret.Data }));
            items.Add(Bare(new { apiVersion = "v1", kind = "Pod", metadata = meta, spec = (pod.Spec! with { NodeName = null, ServiceAccountName = null }) }));
        }
        await File.WriteAllTextAsync(file, new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = items }.ToJsonString());
        return items.Count;
    }

    private static JsonNode Bare(object item) => JsonSerializer.SerializeToNode(item, Web)!;

    private static async Task Eventually(Func<bool> holds)
    {
        var began = Clock.GetTimestamp();
        while (!holds())
        {
            if (Clock.GetElapsedTime(began) > TimeSpan.FromMinutes(3))
                throw new TimeoutException("What was waited for did not come.");
            await Task.Delay(TimeSpan.FromMilliseconds(2), Clock);
        }
    }
}
