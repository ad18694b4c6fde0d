using System.CommandLine;

namespace Orrery.Cli.Agents;

internal static class AgentCommand
{
    public static Command Create(Terminal terminal) => new("agent", "Speak for a satellite")
    {
        RunAgentCommand.Create(terminal),
    };
}
