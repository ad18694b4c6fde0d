using Npgsql;

namespace Orrery.Server.Storage;

/// <summary>Opens the database that the settings name, migrated to this version's schema.</summary>
internal static class DatabaseFactory
{
    public const string SqliteFile = "orrery.db";

    /// <param name="dataFolder">Holds the SQLite file.</param>
    /// <param name="address"><c>postgres://user:password@host[:port]/db</c>, or null for SQLite.</param>
    /// <param name="clock">When a migration was applied.</param>
    public static async Task<IDatabase> Open(string dataFolder, string? address, TimeProvider clock)
    {
        DapperMapping.Register();
        IDatabase database = address is null
            ? new SqliteDatabase(Path.Combine(dataFolder, SqliteFile))
            : new PostgresDatabase(NpgsqlDataSource.Create(ConnectionString(address)));
        try
        {
            await Migrator.Migrate(database, clock);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    internal static string ConnectionString(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            throw new ArgumentException("The database address must look like postgres://user:password@host/db.", nameof(address));
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort || uri.Port < 0 ? 5432 : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            MaxPoolSize = 32,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            ApplicationName = "orrery",
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            builder[Uri.UnescapeDataString(parts[0])] = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "";
        }
        return builder.ToString();
    }
}
