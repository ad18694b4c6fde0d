using System.CommandLine;
using Orrery.Cli.Connection;
using Orrery.Server.Hosting;

namespace Orrery.Cli.Hosting;

/// <summary>How a server is started: options, then variables, then defaults.</summary>
internal sealed class ServerOptions
{
    private readonly Option<string?> data = new("--data") { Description = "The data folder (else ORRERY_DATA, ./data)", HelpName = "DIR" };

    private readonly Option<string?> urls = new("--urls")
    {
        Description = "Where to listen, separated by semicolons; port 0 takes a free one (else ORRERY_URLS, http://127.0.0.1:7070)",
        HelpName = "URLS",
    };

    private readonly Option<string?> database = new("--database")
    {
        Description = "postgres://user:password@host/db; none: SQLite in the data folder (else ORRERY_DATABASE)",
        HelpName = "URL",
    };

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Configuration, above files and environment; may be repeated",
        HelpName = "Section:Name=value",
        Validators =
        {
            result =>
            {
                foreach (var token in result.Tokens.Where(t => !t.Value.Contains('=')))
                    result.AddError($"--set {token.Value}: expected Section:Name=value.");
            },
        },
    };

    public void AddTo(Command command)
    {
        command.Options.Add(data);
        command.Options.Add(urls);
        command.Options.Add(database);
        command.Options.Add(set);
    }

    public ServerSettings Read(ParseResult options, Terminal terminal)
    {
        var defaults = new ServerSettings();
        return new ServerSettings
        {
            DataFolder = DataFolder.Of(terminal, options.GetValue(data)).Path,
            Urls = options.GetValue(urls) ?? Variables.First(terminal, "ORRERY_URLS") ?? defaults.Urls,
            Database = options.GetValue(database) ?? Variables.First(terminal, "ORRERY_DATABASE"),
            Configuration = options.GetValue(set) ?? [],
        };
    }
}
