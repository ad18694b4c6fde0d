namespace Orrery.EndToEnd.Agents;

/// <summary>One server and one flying agent a satellite, for the tests of a class.</summary>
public abstract class LiveServerFixture(params string[] settings) : IAsyncLifetime
{
    private TestServer? server;

    public TestServer Server => server ?? throw new InvalidOperationException("The server was not started.");

    public Dictionary<string, FlyingAgent> Agents { get; } = [];

    public FlyingAgent Iss => Agents["25544"];

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.Run(await Database(), settings);
        await LiveFleet.Renew(server);
        foreach (var satellite in LiveFleet.Satellites)
            Agents[satellite] = await LiveFleet.Agent(server, satellite);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in Agents.Values)
            agent.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class LiveSqliteFixture : LiveServerFixture;

public sealed class LivePostgresFixture(PostgresServer postgres) : LiveServerFixture
{
    protected override async Task<string?> Database() => await postgres.CreateDatabase();
}

/// <summary>A server that soon gives up on an agent without a word.</summary>
public sealed class ImpatientFixture() : LiveServerFixture("Agents:SilenceTimeoutS=0.5", "Agents:LostAfterS=30");
