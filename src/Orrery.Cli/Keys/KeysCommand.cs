using System.CommandLine;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Identity;
using Spectre.Console;

namespace Orrery.Cli.Keys;

internal static class KeysCommand
{
    public static Command Create(Terminal terminal) => new("keys", "API keys of users and agents")
    {
        CreateKeyCommand.Create(terminal),
        List(terminal),
        Revoke(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "List keys, without their secrets");
        command.Runs(terminal, async (context, cancellation) =>
        {
            var keys = await context.Client.Keys.List(cancellation);
            context.Show(c => Render(c.Terminal.Console, keys));
        });
        return command;
    }

    private static Command Revoke(Terminal terminal)
    {
        var id = new Argument<string>("id") { Description = "The key's id, from keys list" };
        var command = new Command("revoke", "Make a key worthless, at once and for good") { id };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var key = context.Options.GetRequiredValue(id);
            await context.Client.Keys.Revoke(key, cancellation);
            context.Show(c => c.Terminal.Output.WriteLine($"{key} revoked"));
        });
        return command;
    }

    private static void Render(IAnsiConsole console, IReadOnlyList<KeyView> keys)
    {
        var table = Tables.Create(null, "Id", "~Name", "Kind", "Begins with", "?User", "?Agent", "?Satellite", "?Created", "Revoked");
        foreach (var key in keys)
        {
            table.Row(
                key.Id, key.Name, key.Kind, key.Prefix, key.UserId, key.AgentId ?? "–", key.SatelliteId ?? "–",
                Format.Time(key.CreatedAt), Format.Time(key.RevokedAt));
        }
        console.Write(table);
    }
}
