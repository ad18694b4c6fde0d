using Orrery.Node.Network;

namespace Orrery.EndToEnd.Agents;

/// <summary>A server and an <c>orrery agent run</c> for each satellite.</summary>
public sealed class AgentFleet : IAsyncDisposable
{
    private readonly Dictionary<string, string> keys = [];

    private AgentFleet(TestServer server) => Server = server;

    public TestServer Server { get; }

    public Dictionary<string, OrreryProcess> Agents { get; } = [];

    /// <summary>Agents that are never given up, however slow the machine is. Returns when every one was heard of.</summary>
    public static Task<AgentFleet> Start(params string[] satellites) => Start(silenceS: 300, satellites);

    /// <param name="silenceS">An agent that says nothing for so long loses its stage.</param>
    /// <param name="satellites">One agent each.</param>
    public static async Task<AgentFleet> Start(int silenceS, string[] satellites)
    {
        var fleet = new AgentFleet(new TestServer(null, $"Agents:SilenceTimeoutS={silenceS}") { Urls = $"http://127.0.0.1:{FreePort.Take()}" });
        await fleet.Server.Start();
        await LiveFleet.Renew(fleet.Server);
        foreach (var satellite in satellites)
        {
            fleet.keys[satellite] = await LiveFleet.AgentKey(fleet.Server, satellite);
            fleet.Launch(satellite);
        }
        foreach (var satellite in satellites)
            await Wait.Until($"agent {satellite}", async () => (await fleet.Server.Admin.Get($"/v1/satellites/{satellite}"))["agent_last_seen"] is not null);
        return fleet;
    }

    /// <summary>Starts an agent, or starts it again on the folder it had.</summary>
    public void Launch(string satellite) => Agents[satellite] = OrreryProcess.Start(
        "agent", "run", "--agent-id", $"sat-{satellite}", "--satellite-id", satellite, "--api-url", Server.Address.ToString(), "--api-key", keys[satellite],
        "--poll-interval", "0.1", "--data", Path.Combine(Server.Data, "agents", satellite));

    /// <returns>The satellite that runs a workload's stage, as soon as one does.</returns>
    public Task<string> AtWork(string workload) => Wait.For(
        "a running stage",
        async () => (await Server.Admin.Stages(workload))[0] is var stage && stage.Str("status") == "running" ? stage.Str("satellite") : null);

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in Agents.Values)
            await agent.DisposeAsync();
        await Server.DisposeAsync();
    }
}
