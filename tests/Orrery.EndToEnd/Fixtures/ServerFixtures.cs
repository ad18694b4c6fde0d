namespace Orrery.EndToEnd.Fixtures;

/// <summary>One running server for the tests of a class.</summary>
public abstract class ServerFixture : IAsyncLifetime
{
    private TestServer? server;

    public TestServer Server => server ?? throw new InvalidOperationException("The server was not started.");

    public async ValueTask InitializeAsync() => server = await TestServer.Run(await Database());

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<string?> Database();
}

public sealed class SqliteFixture : ServerFixture
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class PostgresFixture(PostgresServer postgres) : ServerFixture
{
    protected override async Task<string?> Database() => await postgres.CreateDatabase();
}
