namespace Orrery.EndToEnd.Clusters;

/// <summary>A server whose local cluster has large declared nodes, so that tests do not wait for each other.</summary>
public abstract class ClusterFixture : IAsyncLifetime
{
    private TestServer? server;

    public static readonly string[] Settings =
    [
        "Clusters:GraceS=0.5", "Clusters:ResyncS=0.5",
        "Clusters:Nodes:0:Name=big-1", "Clusters:Nodes:0:Cpu=64", "Clusters:Nodes:0:Memory=256Gi", "Clusters:Nodes:0:Gpu=8", "Clusters:Nodes:0:Labels:zone=a",
        "Clusters:Nodes:1:Name=big-2", "Clusters:Nodes:1:Cpu=64", "Clusters:Nodes:1:Memory=256Gi", "Clusters:Nodes:1:Labels:zone=b",
        "Clusters:Nodes:2:Name=tainted", "Clusters:Nodes:2:Cpu=64", "Clusters:Nodes:2:Memory=256Gi", "Clusters:Nodes:2:Taints:0=maintenance",
    ];

    public TestServer Server => server ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>An ordinary user.</summary>
    public Api Ada { get; private set; } = null!;

    public string AdaId { get; private set; } = "";

    public string AdaKey { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Run(await Database(), Settings);
        (Ada, AdaKey, AdaId) = await Users.AddWithKey(server, "ada");
    }

    public async ValueTask DisposeAsync()
    {
        Ada?.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string?> Database();
}

public sealed class SqliteClusterFixture : ClusterFixture
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class PostgresClusterFixture(PostgresServer postgres) : ClusterFixture
{
    protected override async Task<string?> Database() => await postgres.CreateDatabase();
}

/// <summary>Users with keys.</summary>
public static class Users
{
    public static async Task<(Api Api, string Id)> Add(TestServer server, string name)
    {
        var (api, _, id) = await AddWithKey(server, name);
        return (api, id);
    }

    public static async Task<(Api Api, string Key, string Id)> AddWithKey(TestServer server, string name)
    {
        var id = (await server.Admin.Post("/api/users", $$"""{"name":"{{name}}"}""")).MustBe(201).Str("id");
        var key = (await server.Admin.Post("/api/keys", $$"""{"name":"{{name}}","user_id":"{{id}}"}""")).MustBe(201).Str("secret");
        return (Api.User(server.Address, key), key, id);
    }
}
