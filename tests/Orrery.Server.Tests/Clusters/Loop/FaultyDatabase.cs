using System.Data.Common;
using Orrery.Server.Storage;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>A database before whose reads and writes a test may step in: wait, throw, or write first.</summary>
internal sealed class FaultyDatabase(IDatabase inner) : IDatabase
{
    public Func<Task> BeforeRead { get; set; } = () => Task.CompletedTask;

    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    public SqlDialect Dialect => inner.Dialect;

    public bool IsFull => inner.IsFull;

    public async Task<T> Write<T>(Func<DbWork, Task<T>> work, CancellationToken ct)
    {
        await BeforeWrite();
        return await inner.Write(work, ct);
    }

    public async Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken ct)
    {
        await BeforeRead();
        return await inner.Read(work, ct);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
