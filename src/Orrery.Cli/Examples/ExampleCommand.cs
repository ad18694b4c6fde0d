using System.CommandLine;

namespace Orrery.Cli.Examples;

/// <summary>Small real programs to run as workloads; they need no server and write nothing.</summary>
internal static class ExampleCommand
{
    public static Command Create(Terminal terminal) => new("example", "Small real programs to run as workloads")
    {
        AllreduceCommand.Create(terminal),
    };
}
