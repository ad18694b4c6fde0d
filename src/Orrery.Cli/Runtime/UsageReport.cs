using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orrery.Cli.Runtime;

internal static class UsageReport
{
    /// <summary>What is wrong with a command line, and how to see what would be right.</summary>
    public static int Write(ParseResult parsed, Terminal terminal)
    {
        foreach (var error in parsed.Errors)
            terminal.Error.WriteLine($"error: {error.Message}");
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            foreach (var subcommand in command.Subcommands)
                terminal.Error.WriteLine($"  {PathOf(parsed.CommandResult)} {subcommand.Name,-11} {subcommand.Description}");
        }
        terminal.Error.WriteLine($"See: {PathOf(parsed.CommandResult)} --help");
        return ExitCodes.BadInput;
    }

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "orrery";
}
