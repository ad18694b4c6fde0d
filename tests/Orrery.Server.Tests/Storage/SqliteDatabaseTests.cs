using Dapper;
using Orrery.Server.Storage;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Storage;

public sealed class SqliteDatabaseTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-test-").FullName;
    private IDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await DatabaseFactory.Open(folder, null, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task One_refused_write_never_spoils_those_that_commit_with_it()
    {
        var writes = Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                await database.Write(
                    async work =>
                    {
                        await work.Execute("INSERT INTO counters (name, value) VALUES (@name, @i)", new { name = $"n{i}", i });
                        return i % 3 == 0 ? throw new InvalidOperationException("refused") : true;
                    },
                    CancellationToken.None);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        });
        var kept = await Task.WhenAll(writes);
        var stored = await database.Read(db => db.QueryAsync<long>("SELECT value FROM counters WHERE name LIKE 'n%' ORDER BY value"), CancellationToken.None);
        stored.ShouldBe(Enumerable.Range(0, 200).Where(i => i % 3 != 0).Select(i => (long)i));
        kept.Count(ok => ok).ShouldBe(stored.Count());
    }

    [Fact]
    public async Task A_second_start_finds_nothing_to_migrate()
    {
        await database.Write(work => work.Execute("UPDATE counters SET value = 41 WHERE name = 'planning'"), CancellationToken.None);
        await Migrator.Migrate(database, TimeProvider.System);
        (await database.Read(db => db.ExecuteScalarAsync<long>("SELECT value FROM counters WHERE name = 'planning'"), CancellationToken.None)).ShouldBe(41);
    }

    [Theory]
    [InlineData("postgres://user:p%40ss@db.example/orrery", "Host=db.example;Port=5432;Database=orrery;Username=user;Password=p@ss")]
    [InlineData("postgresql://user@db.example:6000/o?SslMode=Require", "Host=db.example;Port=6000;Database=o;Username=user")]
    public void A_database_address_is_read_whole(string address, string expected) =>
        DatabaseFactory.ConnectionString(address).ShouldStartWith(expected);

    [Theory]
    [InlineData("mysql://a@b/c")]
    [InlineData("nonsense")]
    public void Another_address_is_refused(string address) => Should.Throw<ArgumentException>(() => DatabaseFactory.ConnectionString(address));
}
