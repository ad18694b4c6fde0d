using System.Data.Common;
using Dapper;

namespace Orrery.Server.Storage;

/// <summary>One unit of writing inside a transaction.</summary>
internal readonly record struct DbWork(DbConnection Connection, DbTransaction Transaction, SqlDialect Dialect)
{
    /// <summary>Locks the selected rows to the end of the transaction, where the database has more than one writer.</summary>
    public string ForUpdate => Dialect == SqlDialect.Postgres ? " FOR UPDATE" : "";

    public Task<int> Execute(string sql, object? args = null) => Connection.ExecuteAsync(sql, args, Transaction);

    public async Task<IReadOnlyList<T>> Query<T>(string sql, object? args = null) =>
        (await Connection.QueryAsync<T>(sql, args, Transaction)).AsList();

    public Task<T?> Find<T>(string sql, object? args = null) => Connection.QueryFirstOrDefaultAsync<T>(sql, args, Transaction);

    public async Task<T> Scalar<T>(string sql, object? args = null) =>
        await Connection.ExecuteScalarAsync<T>(sql, args, Transaction) ?? throw new InvalidOperationException("The query gave no value.");
}
