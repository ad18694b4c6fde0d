using System.CommandLine;

namespace Orrery.Cli.Connection;

/// <summary>Options of every command.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string?> ApiUrl = new("--api-url")
    {
        Description = "The server, with or without /v1 (else ORRERY_API_URL, ROTASTELLAR_BASE_URL, then the data folder's)",
        HelpName = "URL",
        Recursive = true,
    };

    public static readonly Option<string?> ApiKey = new("--api-key")
    {
        Description = "The key rs_… (else ORRERY_API_KEY, RS_API_KEY, ROTASTELLAR_API_KEY, then the data folder's)",
        HelpName = "KEY",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the server's answer as it is",
        Recursive = true,
    };
}
