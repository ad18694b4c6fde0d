namespace Orrery.Cli.Connection;

/// <summary>
/// Which server and key a command uses: options, then variables, then the data folder. The data folder's admin key
/// belongs to this machine's server and is never sent to another machine.
/// </summary>
internal sealed record ServerLocator(Uri Address, string? Key)
{
    public const string DefaultAddress = "http://127.0.0.1:7070";

    public static ServerLocator Find(Terminal terminal, string? urlOption, string? keyOption)
    {
        var folder = DataFolder.OfServer(terminal);
        var named = NotEmpty(urlOption) ?? Variables.First(terminal, "ORRERY_API_URL", "ROTASTELLAR_BASE_URL");
        var address = Parse(named ?? folder.Address() ?? DefaultAddress);
        var key = NotEmpty(keyOption) ?? Variables.First(terminal, "ORRERY_API_KEY", "RS_API_KEY", "ROTASTELLAR_API_KEY");
        return new(address, key ?? (named is null || address.IsLoopback ? folder.Key() : null));
    }

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Uri Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new CommandException(ExitCodes.BadInput, $"'{text}' is not a server's address: expected http://host:port or https://host.");
}
