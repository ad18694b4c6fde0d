using System.Data.Common;
using System.IO.Compression;
using System.Text.Json;
using Dapper;
using Orrery.Server.Storage;

namespace Orrery.Server.Hosting;

/// <summary>A backup is a zip with a file of JSON lines a table; it restores to SQLite and to PostgreSQL alike.</summary>
public static class Backup
{
    /// <summary>In the order in which rows may be inserted.</summary>
    private static readonly string[] Tables =
    [
        "users", "api_keys", "sessions", "satellites", "agents", "workloads", "workload_labels", "plans", "stages", "deployments", "bookings",
        "contents", "artifacts", "uploads", "program_inputs",
        "clusters", "workspaces", "workspace_members", "cluster_workloads", "cluster_pods", "cluster_dependencies", "cluster_node_ports",
        "counters", "idempotency", "event_heads", "events",
    ];

    /// <summary>Writes one consistent moment of the database; the server may run meanwhile.</summary>
    public static async Task Create(ServerSettings settings, string file, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Database is null && !File.Exists(Path.Combine(settings.DataFolder, DatabaseFactory.SqliteFile)))
            throw new InvalidOperationException($"There is no Orrery database in {Path.GetFullPath(settings.DataFolder)}.");
        var fresh = file + ".part";
        await using (var database = await DatabaseFactory.Open(settings.DataFolder, settings.Database, TimeProvider.System))
        {
            await using var stream = new FileStream(fresh, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            await database.Read(async db => { await Export(db, database.Dialect, stream, ct); return true; }, ct);
            stream.Flush(flushToDisk: true);
        }
        File.Move(fresh, file, overwrite: true);
    }

    /// <summary>Fills an empty installation; nothing is kept when a row does not fit.</summary>
    /// <exception cref="InvalidOperationException">The installation has data, or the file is not a backup.</exception>
    public static async Task Restore(ServerSettings settings, string file, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var folder = DataFolder.Open(settings.DataFolder);
        await using var database = await DatabaseFactory.Open(folder.Path, settings.Database, TimeProvider.System);
        await using var stream = File.OpenRead(file);
        using var zip = Open(stream, file);
        await database.Write(
            async work =>
            {
                await Import(work, zip, file, ct);
                await work.Execute("UPDATE clusters SET owner = @id WHERE id = 'local'", new { id = folder.Id() }); // this machine takes the place of the one that was
                return true;
            },
            ct);
    }

    private static ZipArchive Open(Stream stream, string file)
    {
        try
        {
            var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            return zip.GetEntry("users.jsonl") is not null ? zip : throw new InvalidDataException();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidOperationException($"{file} is not an Orrery backup.", error);
        }
    }

    private static async Task Export(DbConnection db, SqlDialect dialect, Stream stream, CancellationToken ct)
    {
        var level = dialect == SqlDialect.Postgres ? System.Data.IsolationLevel.RepeatableRead : System.Data.IsolationLevel.Serializable;
        await using var transaction = dialect == SqlDialect.Sqlite
            ? ((Microsoft.Data.Sqlite.SqliteConnection)db).BeginTransaction(deferred: true)
            : await db.BeginTransactionAsync(level, ct);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var table in Tables)
        {
            await using var entry = await zip.CreateEntry($"{table}.jsonl", CompressionLevel.Fastest).OpenAsync(ct);
            await using var writer = new StreamWriter(entry);
            await using var command = db.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"SELECT * FROM {table}";
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
                await writer.WriteLineAsync(JsonSerializer.Serialize(Row(reader)));
        }
    }

    private static Dictionary<string, object?> Row(DbDataReader reader) => Enumerable.Range(0, reader.FieldCount)
        .ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.Ordinal);

    private static async Task Import(DbWork work, ZipArchive zip, string file, CancellationToken ct)
    {
        if (await work.Scalar<long>("SELECT COUNT(*) FROM users") > 0)
            throw new InvalidOperationException("This installation has data already; restore into an empty one.");
        await work.Execute("DELETE FROM counters");
        await work.Execute("DELETE FROM event_heads");
        foreach (var table in Tables)
        {
            var entry = zip.GetEntry($"{table}.jsonl") ?? throw new InvalidOperationException($"{file} lacks the table {table}.");
            var columns = await Columns(work, table);
            using var reader = new StreamReader(await entry.OpenAsync(ct));
            while (await reader.ReadLineAsync(ct) is { } line)
                await Insert(work, table, columns, line);
        }
    }

    private static async Task<Dictionary<string, Type>> Columns(DbWork work, string table)
    {
        await using var reader = await work.Connection.ExecuteReaderAsync($"SELECT * FROM {table} WHERE 1 = 0", transaction: work.Transaction);
        return Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, reader.GetFieldType, StringComparer.Ordinal);
    }

    private static async Task Insert(DbWork work, string table, Dictionary<string, Type> columns, string line)
    {
        using var row = JsonDocument.Parse(line);
        var names = row.RootElement.EnumerateObject().Select(member => member.Name).Where(columns.ContainsKey).ToList();
        var args = new DynamicParameters();
        foreach (var name in names)
            args.Add(name, Value(row.RootElement.GetProperty(name), columns[name]));
        await work.Execute($"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(name => "@" + name))})", args);
    }

    private static object? Value(JsonElement value, Type column) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ when column == typeof(bool) => value.GetInt64() != 0,
        _ when column == typeof(double) => value.GetDouble(),
        _ => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(), // never through double: nanoseconds need 63 bits
    };
}
