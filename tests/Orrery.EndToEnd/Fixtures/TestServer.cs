namespace Orrery.EndToEnd.Fixtures;

/// <summary>An <c>orrery up</c> on a data folder that outlives its processes.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private static readonly string[] Quick = ["Planning:SimulatedStart=fleet_epoch", "Reconcile:ResyncS=0.2"];
    private readonly string[] settings;
    private readonly string? database;
    private OrreryProcess? process;
    private Api? admin;

    public TestServer(string? database = null, params string[] settings)
    {
        this.database = database;
        this.settings = [.. Quick, .. settings];
        Directory.CreateDirectory(Data);
    }

    public string Data { get; } = Path.Combine(Path.GetTempPath(), $"orrery-e2e-{Guid.NewGuid():N}");

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Where it is told to listen.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    public string AdminKey { get; set; } = "";

    /// <summary>The first admin's.</summary>
    public Api Admin => admin ?? throw new InvalidOperationException("The server was not started.");

    public OrreryProcess Process => process ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>The options that name its data folder and database.</summary>
    public string[] Place => ["--data", Data, .. database is null ? [] : (string[])["--database", database]];

    private string UrlFile => Path.Combine(Data, "server.url");

    public static async Task<TestServer> Run(string? database = null, params string[] settings)
    {
        var server = new TestServer(database, settings);
        await server.Start();
        return server;
    }

    /// <summary>Starts it, again after an end of whatever kind; returns when it takes work.</summary>
    public async Task Start()
    {
        if (process is not null)
            await process.DisposeAsync();
        File.Delete(UrlFile);
        process = OrreryProcess.Start(
        [
            "up", "--urls", Urls, .. Place,
            .. settings.SelectMany(setting => (string[])["--set", setting]),
        ]);
        await Wait.Until("the server's address", () => Task.FromResult(
            process.HasExited ? throw new InvalidOperationException(process.Said) : File.Exists(UrlFile)));
        Address = new Uri(await File.ReadAllTextAsync(UrlFile));
        if (File.Exists(Path.Combine(Data, "admin.key")))
            AdminKey = await File.ReadAllTextAsync(Path.Combine(Data, "admin.key"));
        admin?.Dispose();
        admin = Api.User(Address, AdminKey);
        await Wait.Until("readiness", async () => (await admin.Get("/readyz")).Status == 200);
    }

    public async ValueTask DisposeAsync()
    {
        admin?.Dispose();
        if (process is not null)
            await process.DisposeAsync();
        await EndNode();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>The node process outlives servers by design; a test's must not outlive its test.</summary>
    private async Task EndNode()
    {
        if (!Directory.Exists(Path.Combine(Data, "node")))
            return;
        var (exitCode, said) = await OrreryProcess.Run("node", "stop", "--data", Data);
        exitCode.ShouldBe(0, said);
    }
}
