using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Orrery.Server.Storage;

/// <summary>SQLite: one writer that commits all waiting work together (WAL, synchronous=FULL), readers beside it.</summary>
internal sealed class SqliteDatabase : IDatabase
{
    private const int LargestBatch = 1024;
    private const int QueueLimit = 65_536;
    private const int SqliteFull = 13;

    private readonly string readString;
    private readonly SqliteConnection writer;
    private readonly Channel<SqliteWrite> queue = Channel.CreateBounded<SqliteWrite>(QueueLimit);
    private readonly Task loop;

    public SqliteDatabase(string file)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 30 };
        readString = builder.ToString();
        writer = new SqliteConnection(new SqliteConnectionStringBuilder(readString) { Pooling = false }.ToString());
        writer.Open();
        Pragmas(writer, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-131072; PRAGMA wal_autocheckpoint=16000;");
        loop = Task.Run(WriteLoop);
    }

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public bool IsFull { get; private set; }

    public async Task<T> Write<T>(Func<DbWork, Task<T>> work, CancellationToken ct)
    {
        var item = new SqliteWrite<T>(work);
        await queue.Writer.WriteAsync(item, ct);
        return await item.Result;
    }

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken ct)
    {
        await using var connection = new SqliteConnection(readString);
        await connection.OpenAsync(ct);
        return await work(connection);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await writer.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    private static void Pragmas(SqliteConnection connection, string pragmas)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }

    private async Task WriteLoop()
    {
        var batch = new List<SqliteWrite>(LargestBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < LargestBatch && queue.Reader.TryRead(out var item))
                batch.Add(item);
            await CommitTogether(batch);
        }
    }

    private async Task CommitTogether(List<SqliteWrite> batch)
    {
        try
        {
            await using var transaction = (SqliteTransaction)await writer.BeginTransactionAsync();
            foreach (var item in batch)
                await RunAlone(item, transaction, batch.Count > 1);
            await transaction.CommitAsync();
            IsFull = false;
        }
        catch (Exception error)
        {
            var cause = error is SqliteException { SqliteErrorCode: SqliteFull } ? new StorageFullException(error) : error;
            IsFull = cause is StorageFullException;
            foreach (var item in batch)
                item.Fail(cause);
            return;
        }
        foreach (var item in batch)
            item.Complete();
    }

    /// <summary>A savepoint an item, so that one that throws spoils nobody else's.</summary>
    private async Task RunAlone(SqliteWrite item, SqliteTransaction transaction, bool shared)
    {
        if (shared)
            await transaction.SaveAsync("item");
        try
        {
            await item.Run(new DbWork(writer, transaction, SqlDialect.Sqlite));
            if (shared)
                await transaction.ReleaseAsync("item");
        }
        catch (Exception error) when (shared && error is not SqliteException { SqliteErrorCode: SqliteFull })
        {
            await transaction.RollbackAsync("item");
            item.Fail(error);
        }
    }
}
