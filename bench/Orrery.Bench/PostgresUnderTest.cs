using System.Diagnostics;

namespace Orrery.Bench;

/// <summary>A PostgreSQL 15 of its own, as Debian configures it: durable.</summary>
internal sealed class PostgresUnderTest : IDisposable
{
    public const string Bin = "/usr/lib/postgresql/15/bin";
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-pg-").FullName;

    private PostgresUnderTest(int port) => Port = port;

    public int Port { get; }

    public string Address => $"postgres://postgres@127.0.0.1:{Port}/postgres";

    public static PostgresUnderTest Start()
    {
        var server = new PostgresUnderTest(20_000 + (Environment.ProcessId % 20_000));
        File.SetUnixFileMode(server.folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Shell($"chown postgres {server.folder}");
        AsPostgres($"{Bin}/initdb -D {server.folder}/db -A trust -U postgres");
        AsPostgres($"{Bin}/pg_ctl -D {server.folder}/db -w -l {server.folder}/log -o '-p {server.Port} -k {server.folder} -c listen_addresses=127.0.0.1 -c max_connections=200' start");
        return server;
    }

    public void Dispose()
    {
        AsPostgres($"{Bin}/pg_ctl -D {folder}/db -m immediate stop");
        Directory.Delete(folder, recursive: true);
    }

    public static string Shell(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{command} </dev/null 2>&1"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{command}: {output}");
    }

    private static void AsPostgres(string command) => Shell($"runuser -u postgres -- {command} >/dev/null");
}
