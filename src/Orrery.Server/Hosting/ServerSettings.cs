namespace Orrery.Server.Hosting;

/// <summary>What <c>orrery up</c> is started with.</summary>
public sealed record ServerSettings
{
    /// <summary>Database, artifacts, logs and the first admin key; mode 0700.</summary>
    public string DataFolder { get; init; } = "./data";

    /// <summary>Addresses to listen on, separated by semicolons; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:7070";

    /// <summary><c>postgres://user:password@host/db</c>; null: SQLite in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>Configuration as <c>Section:Name=value</c>, above appsettings and environment (<c>ORRERY__…</c>).</summary>
    public IReadOnlyList<string> Configuration { get; init; } = [];
}
