namespace Orrery.Cli.Connection;

/// <summary>The folder of this machine's server, and what it leaves there for the command line.</summary>
internal sealed record DataFolder(string Path)
{
    public const string Default = "./data";
    public const string Variable = "ORRERY_DATA";

    public static DataFolder Of(Terminal terminal, string? option = null) =>
        new(option ?? Variables.First(terminal, Variable) ?? Default);

    /// <summary>For a command that asks a server: the one of the folder where it is run, else the one that runs for this user.</summary>
    public static DataFolder OfServer(Terminal terminal)
    {
        var near = Of(terminal);
        return Variables.First(terminal, Variable) is null && !File.Exists(near.AddressFile) && RunningHere.Find(terminal) is { } other ? new(other) : near;
    }

    public string KeyFile => System.IO.Path.Combine(Path, "admin.key");

    public string AddressFile => System.IO.Path.Combine(Path, "server.url");

    /// <summary>The first admin key.</summary>
    public string? Key() => FirstLine(KeyFile);

    /// <summary>Where the server listens, as a client of the same machine calls it.</summary>
    public string? Address()
    {
        var line = FirstLine(AddressFile);
        var address = line?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return address is null ? null : LocalAddress.Of(address);
    }

    private static string? FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
