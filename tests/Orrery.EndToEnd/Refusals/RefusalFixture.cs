using Orrery.EndToEnd.Agents;

namespace Orrery.EndToEnd.Refusals;

/// <summary>A server with two users, an agent at work, and a caller of each kind.</summary>
public sealed class RefusalFixture : IAsyncLifetime
{
    private readonly Dictionary<Caller, Api> callers = [];
    private readonly Dictionary<string, string> ids = [];
    private TestServer? server;

    public TestServer Server => server ?? throw new InvalidOperationException("The server was not started.");

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Run();
        await LiveFleet.Renew(server);
        await MakeCallers(server);
        ids["theirs"] = await server.Admin.Submit("{\"mode\":\"simulated\"}");
        ids["own"] = await callers[Caller.User].Submit("{\"mode\":\"simulated\"}");
        await server.Admin.Submit(LiveFleet.Single("25544"));
        ids["mine"] = await Wait.For("work for the agent", async () =>
            await callers[Caller.Agent].Get("/api/agent/workloads") is { Status: 200 } answer ? answer.Str("deployment_id") : null);
        await server.Admin.MustEndDone(ids["theirs"]);
        await server.Admin.MustEndDone(ids["own"]);
    }

    public Api Of(Caller caller) => callers[caller];

    public string Fill(string path) => ids.Aggregate(path, (text, id) => text.Replace($"{{{id.Key}}}", id.Value));

    /// <summary>How much of everything there is.</summary>
    public async Task<string> Everything()
    {
        var events = new List<long>();
        foreach (var id in new[] { ids["theirs"], ids["own"] })
            events.Add((await Server.Admin.Events(id)).Count);
        var totals = new List<long>(events);
        foreach (var path in new[] { "/v1/workloads", "/api/deployments", "/v1/satellites", $"/api/deployments/{ids["mine"]}/events" })
            totals.Add((await Server.Admin.Get(path)).MustBe(200).Json.Int("total"));
        foreach (var (path, member) in new[] { ("/api/keys", "keys"), ("/api/users", "users") })
            totals.Add((await Server.Admin.Get(path)).MustBe(200)[member]!.AsArray().Count);
        return string.Join(' ', totals);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in callers.Values)
            api.Dispose();
        if (server is not null)
            await server.DisposeAsync();
    }

    private async Task MakeCallers(TestServer server)
    {
        var user = (await server.Admin.Post("/api/users", "{\"name\":\"ada\"}")).MustBe(201).Str("id");
        var userKey = (await server.Admin.Post("/api/keys", $$"""{"name":"ada's","user_id":"{{user}}"}""")).MustBe(201).Str("secret");
        var revoked = (await server.Admin.Post("/api/keys", "{\"name\":\"revoked\"}")).MustBe(201);
        (await server.Admin.Delete($"/api/keys/{revoked["key"].Str("id")}")).MustBe(200);
        var agentKey = await LiveFleet.AgentKey(server, "25544");
        callers[Caller.User] = Api.With(server.Address, ("Authorization", $"Bearer {userKey}"), ("X-API-Key", userKey), ("X-Agent-ID", "sat-25544"));
        callers[Caller.Agent] = Api.Agent(server.Address, agentKey, "sat-25544");
        callers[Caller.OtherAgent] = Api.Agent(server.Address, agentKey, "sat-48274");
        callers[Caller.AgentWithoutId] = Api.With(server.Address, ("X-API-Key", agentKey));
        callers[Caller.AgentWithBearer] = Api.With(server.Address, ("Authorization", $"Bearer {agentKey}"), ("X-Agent-ID", "sat-25544"));
        callers[Caller.Nobody] = Api.Anonymous(server.Address);
        callers[Caller.Revoked] = Api.User(server.Address, revoked.Str("secret"));
        callers[Caller.Garbage] = Api.User(server.Address, "rs_live_' OR 1=1 --");
    }
}
