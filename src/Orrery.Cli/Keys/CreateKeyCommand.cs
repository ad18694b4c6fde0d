using System.CommandLine;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Identity;
using Orrery.Contracts.Json;

namespace Orrery.Cli.Keys;

internal static class CreateKeyCommand
{
    private static readonly Option<string?> Name = new("--name") { Description = "What it is for", HelpName = "TEXT" };
    private static readonly Option<string?> Kind = new("--kind") { Description = "user (default) or agent", HelpName = "KIND" };
    private static readonly Option<string?> UserId = new("--user-id") { Description = "Whose key it is (admins)", HelpName = "ID" };
    private static readonly Option<string?> AgentId = new("--agent-id") { Description = "The one agent it speaks for (kind agent)", HelpName = "ID" };
    private static readonly Option<string?> Satellite = new("--satellite-id") { Description = "The one satellite it acts for (kind agent)", HelpName = "NORAD" };
    private static readonly Option<bool> Test = new("--test") { Description = "A key rs_test_… instead of rs_live_…" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("create", "Make a key; its secret is shown this one time") { Name, Kind, UserId, AgentId, Satellite, Test };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var created = await context.Client.Keys.Create(Request(context.Options), cancellation);
            context.Show(c => Render(c.Terminal, created));
        });
        return command;
    }

    private static CreateKeyRequest Request(ParseResult options) => new()
    {
        Name = options.GetValue(Name),
        Kind = options.GetValue(Kind),
        UserId = options.GetValue(UserId),
        AgentId = options.GetValue(AgentId),
        SatelliteId = options.GetValue(Satellite) is { } satellite ? new SatelliteRef(satellite) : null,
        Test = options.GetValue(Test) ? true : null,
    };

    /// <summary>The secret alone on standard output, so that a script can take it.</summary>
    private static void Render(Terminal terminal, CreatedKey created)
    {
        terminal.Error.WriteLine($"{created.Key.Id} ({created.Key.Kind}): keep this secret, it is not shown again.");
        terminal.Output.WriteLine(created.Secret);
    }
}
