using Orrery.EndToEnd.Agents;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>A server with callers of each kind, and a workload in each state.</summary>
public abstract class ClusterRefusalFixture : IAsyncLifetime
{
    private readonly Dictionary<ClusterCaller, Api> callers = [];
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private TestServer? server;

    public TestServer Server => server ?? throw new InvalidOperationException("The server was not started.");

    public Api Ada => callers[ClusterCaller.Ada];

    /// <summary>For what is not plain HTTP.</summary>
    public string AdaKey { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Run(await Database(), ClusterFixture.Settings);
        await MakeCallers(server);
        await MakeWorkspaces(server.Admin);
        await MakeWorkloads(server.Admin);
    }

    public Api Of(ClusterCaller caller) => callers[caller];

    public string Fill(string text) => names.Aggregate(text, (filled, name) => filled.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));

    /// <summary>How many workloads and workspaces there are, and the versions of those that nothing happens to.</summary>
    public async Task<string> Everything()
    {
        var totals = new List<string>();
        foreach (var path in new[] { $"{Root}?limit=1", "/api/v1/workspaces" })
            totals.Add((await Server.Admin.Get(path)).MustBe(200).Json.Int("totalCount").ToString());
        foreach (var still in new[] { "waiting", "ended" })
            totals.Add((await Server.Admin.Get(Fill($"{Root}/{{{still}}}"))).MustBe(200).Response.Headers.ETag!.Tag);
        return string.Join(' ', totals);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in callers.Values.Where(api => api != server?.Admin))
            api.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string?> Database();

    private async Task MakeCallers(TestServer server)
    {
        (callers[ClusterCaller.Ada], names["adaId"]) = await Users.Add(server, "ada");
        AdaKey = (await server.Admin.Post("/api/keys", Fill("""{"name":"shell","user_id":"{adaId}"}"""))).MustBe(201).Str("secret");
        (callers[ClusterCaller.Bob], names["bobId"]) = await Users.Add(server, "bob");
        callers[ClusterCaller.Admin] = server.Admin;
        var revoked = (await server.Admin.Post("/api/keys", "{\"name\":\"revoked\"}")).MustBe(201);
        (await server.Admin.Delete($"/api/keys/{revoked["key"].Str("id")}")).MustBe(200);
        callers[ClusterCaller.Revoked] = Api.User(server.Address, revoked.Str("secret"));
        callers[ClusterCaller.Garbage] = Api.User(server.Address, "rs_live_' OR 1=1 --");
        callers[ClusterCaller.Nobody] = Api.Anonymous(server.Address);
        callers[ClusterCaller.Agent] = Api.User(server.Address, await LiveFleet.AgentKey(server, "25544"));
    }

    private async Task MakeWorkspaces(Api admin)
    {
        (await admin.Post("/api/v1/workspaces", """{"workspaceId":"closed","displayName":"Closed"}""")).MustBe(200);
        (await admin.Post("/api/v1/workspaces", """{"workspaceId":"tiny","displayName":"Tiny","members":["*"],"quota":{"cpu":"1","memory":"1Gi","gpu":"0"}}""")).MustBe(200);
        (await admin.Post("/api/v1/workspaces", Fill("""{"workspaceId":"adas","displayName":"Ada's","admins":["{adaId}"]}"""))).MustBe(200);
    }

    private async Task MakeWorkloads(Api admin)
    {
        const string Nowhere = "\"customerLabels\":{\"zone\":\"nowhere\"}";
        names["waiting"] = await Ada.Create(Body("true", "waiting", members: Nowhere));
        names["authoring"] = await Ada.Create(Body("true", "authoring", "Authoring", members: Nowhere));
        names["onNodes"] = await Ada.Create(Body("true", "on-nodes", members: Nowhere + ",\"specifiedNodes\":[\"big-1\",\"big-2\"]"));
        names["running"] = await Ada.Create(Body("exec sleep 1000", "running"));
        names["service"] = await Ada.Create(Body("exec sleep 1000", "service", "Deployment"));
        names["ended"] = await Ada.Create(Body("true", "ended"));
        names["bobs"] = await Of(ClusterCaller.Bob).Create(Body("exec sleep 1000", "bobs"));
        names["hidden"] = await admin.Create(Body("exec sleep 1000", "hidden", workspace: "closed"));
        foreach (var name in new[] { "running", "service", "bobs", "hidden" })
            await admin.UntilPhase(names[name], "Running");
        await Ada.MustSucceed(names["ended"]);
        await Ada.Until(names["waiting"], "a reason", view => view.Str("message").Length > 0);
        await Wait.Until("the processes of what has ended to go", async () => (await Processes.Of(names["ended"])).Length == 0);
    }
}

public sealed class SqliteRefusalFixture : ClusterRefusalFixture
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class PostgresRefusalFixture(PostgresServer postgres) : ClusterRefusalFixture
{
    protected override async Task<string?> Database() => await postgres.CreateDatabase();
}
