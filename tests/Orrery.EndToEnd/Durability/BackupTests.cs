namespace Orrery.EndToEnd.Durability;

/// <summary>A backup of one server, taken while it runs, is another server's beginning.</summary>
public abstract class BackupTests
{
    [Fact]
    public async Task A_restored_server_knows_everything_and_runs_on()
    {
        await using var server = await TestServer.Run(await Database());
        var done = await server.Admin.Submit(Bodies.Documented);
        await server.Admin.MustEndDone(done);
        var open = await server.Admin.Submit(Bodies.DocumentedWith("\"speed_multiplier\": 10"));
        var file = Path.Combine(server.Data, "backup.zip");
        (await OrreryProcess.Run(["backup", file, .. server.Place])).ExitCode.ShouldBe(0);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await using var copy = new TestServer(await Database()) { AdminKey = server.AdminKey };
        (await OrreryProcess.Run(["restore", file, .. copy.Place])).ShouldBe((0, $"restored from {file}{Environment.NewLine}"));
        await copy.Start();
        foreach (var path in new[] { $"/v1/workloads/{done}", $"/v1/workloads/{done}/stages", $"/v1/workloads/{done}/plan", $"/v1/workloads/{done}/events", "/api/keys" })
            (await copy.Admin.Get(path)).MustBe(200).Text.ShouldBe((await server.Admin.Get(path)).MustBe(200).Text);
        await History.MustBeWhole(copy.Admin, open);
    }

    [Fact]
    public async Task A_restore_over_data_is_refused()
    {
        await using var server = await TestServer.Run(await Database());
        var file = Path.Combine(server.Data, "backup.zip");
        (await OrreryProcess.Run(["backup", file, .. server.Place])).ExitCode.ShouldBe(0);
        await server.Process.Terminate();
        var (exitCode, said) = await OrreryProcess.Run(["restore", file, .. server.Place]);
        exitCode.ShouldNotBe(0);
        said.ShouldContain("has data already");
    }

    protected abstract Task<string?> Database();
}

public sealed class BackupOnSqlite : BackupTests
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class BackupOnPostgres(PostgresServer postgres) : BackupTests
{
    protected override async Task<string?> Database() => await postgres.CreateDatabase();
}
