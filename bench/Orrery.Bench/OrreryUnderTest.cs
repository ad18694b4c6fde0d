using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Orrery.Bench;

/// <summary>A real server process with one dispatched deployment to post events to.</summary>
internal sealed class OrreryUnderTest : IAsyncDisposable
{
    public const string AgentId = "sat-25544";
    private static readonly int[] Iss = [25544];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "orrery.dll");
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-bench-").FullName;
    private Process process = null!;

    public HttpClient Http { get; } = new();

    public string AgentKey { get; private set; } = "";

    public static async Task<OrreryUnderTest> Start(string? database = null)
    {
        var server = new OrreryUnderTest();
        await server.Launch(database);
        return server;
    }

    public async Task<string> DispatchedDeployment()
    {
        var key = await Post("/api/keys", new { kind = "agent", agent_id = AgentId, satellite_id = 25544 });
        AgentKey = key.GetProperty("secret").GetString()!;
        await Post("/v1/workloads", new { placement = new { satellites = Iss }, mode = "live" });
        using var poll = new HttpRequestMessage(HttpMethod.Get, "/api/agent/workloads");
        poll.Headers.Add("X-API-Key", AgentKey);
        poll.Headers.Add("X-Agent-ID", AgentId);
        for (var start = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(start) < Patience;)
        {
            using var copy = new HttpRequestMessage(HttpMethod.Get, "/api/agent/workloads");
            foreach (var header in poll.Headers)
                copy.Headers.Add(header.Key, header.Value);
            using var answer = await Http.SendAsync(copy);
            if (answer.StatusCode == System.Net.HttpStatusCode.OK)
                return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("deployment_id").GetString()!;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
        throw new TimeoutException("No deployment was offered.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Http.Dispose();
        using (var stop = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Program, "node", "stop", "--data", folder]) { RedirectStandardOutput = true, UseShellExecute = false })!)
            await stop.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<JsonElement> Post(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task Launch(string? database)
    {
        var arguments = new List<string>
        {
            Program, "up", "--data", folder, "--urls", "http://127.0.0.1:0",
            "--set", "Agents:EventBurst=0", "--set", "Planning:SimulatedStart=fleet_epoch",
        };
        if (database is not null)
            arguments.AddRange(["--database", database]);
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["ORRERY_MASTER_KEY"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)); // a shared database requires one
        process = Process.Start(start)!;
        var url = Path.Combine(folder, "server.url");
        for (var begun = TimeProvider.System.GetTimestamp(); !File.Exists(url);)
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(begun) > Patience)
                throw new InvalidOperationException("The server did not start.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
        Http.BaseAddress = new Uri(await File.ReadAllTextAsync(url));
        Http.DefaultRequestHeaders.Authorization = new("Bearer", await File.ReadAllTextAsync(Path.Combine(folder, "admin.key")));
    }
}
