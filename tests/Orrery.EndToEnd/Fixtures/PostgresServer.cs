using Orrery.Node.Network;

namespace Orrery.EndToEnd.Fixtures;

/// <summary>A PostgreSQL 15 of its own in a temporary folder, durable as in production; a fresh database for whoever asks.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private const string User = "postgres";
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"orrery-pg-{Guid.NewGuid():N}");
    private readonly int port = FreePort.Take();
    private int databases;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
            await Tool.Run("chown", User, folder);
        var cluster = Path.Combine(folder, "cluster");
        await Run("initdb", "--pgdata", cluster, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--no-sync");
        var options = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200";
        await Run("pg_ctl", "--pgdata", cluster, "--log", Path.Combine(folder, "log"), "--wait", "--options", options, "start");
    }

    public async ValueTask DisposeAsync()
    {
        await Run("pg_ctl", "--pgdata", Path.Combine(folder, "cluster"), "--mode", "immediate", "--wait", "stop");
        Directory.Delete(folder, recursive: true);
    }

    /// <returns>The address of a new, empty database.</returns>
    public async Task<string> CreateDatabase()
    {
        var name = $"orrery{Interlocked.Increment(ref databases)}";
        await Run("createdb", "--host", "127.0.0.1", "--port", port.ToString(), "--username", User, name);
        return $"postgres://{User}@127.0.0.1:{port}/{name}";
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static Task<string> Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        return Environment.IsPrivilegedProcess ? Tool.Run("runuser", ["-u", User, "--", path, .. arguments]) : Tool.Run(path, arguments);
    }
}
