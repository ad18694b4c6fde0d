using System.CommandLine;

namespace Orrery.Cli.Fleet;

internal static class FleetCommand
{
    public static Command Create(Terminal terminal) => new("fleet", "The satellites that the planner sees")
    {
        ListCommand.Create(terminal),
        ImportCommand.Create(terminal),
        PassesCommand.Create(terminal),
    };
}
