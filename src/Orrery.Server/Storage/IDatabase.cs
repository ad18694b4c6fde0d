using System.Data.Common;

namespace Orrery.Server.Storage;

internal enum SqlDialect
{
    Sqlite,
    Postgres,
}

/// <summary>The truth. Writes are transactions, acknowledged when they are on disk; reads see what is committed.</summary>
internal interface IDatabase : IAsyncDisposable
{
    SqlDialect Dialect { get; }

    /// <summary>True while the disk refuses to take more.</summary>
    bool IsFull { get; }

    /// <summary>Runs <paramref name="work"/> in a transaction; writes that arrive together commit together.</summary>
    /// <exception cref="StorageFullException">Nothing of the work was kept.</exception>
    Task<T> Write<T>(Func<DbWork, Task<T>> work, CancellationToken ct);

    Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken ct);
}

/// <summary>The disk is full; nothing half written is left.</summary>
internal sealed class StorageFullException(Exception inner) : Exception("The storage is full.", inner);
