using System.Data;
using System.Data.Common;
using Npgsql;

namespace Orrery.Server.Storage;

/// <summary>PostgreSQL: any number of writers; the server's own group commit serves them.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : IDatabase
{
    private const int MostAttempts = 5;

    public SqlDialect Dialect => SqlDialect.Postgres;

    public bool IsFull { get; private set; }

    public NpgsqlDataSource Source => source;

    public async Task<T> Write<T>(Func<DbWork, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
                var result = await work(new DbWork(connection, transaction, SqlDialect.Postgres));
                await transaction.CommitAsync(CancellationToken.None);
                IsFull = false;
                return result;
            }
            catch (PostgresException conflict) when (attempt < MostAttempts && IsConflict(conflict))
            {
                // Two writers met: the database undid this one whole, so it runs again whole.
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DiskFull)
            {
                IsFull = true;
                throw new StorageFullException(error);
            }
        }
    }

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await work(connection);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static bool IsConflict(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;
}
