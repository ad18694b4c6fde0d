using System.CommandLine;
using System.Reflection;

namespace Orrery.Cli;

internal static class VersionCommand
{
    /// <summary>Like <c>0.1.0</c>, without the commit that a build appends.</summary>
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static Command Create(Terminal terminal)
    {
        var command = new Command("version", "Print the version of this program");
        command.SetAction(_ =>
        {
            terminal.Output.WriteLine($"orrery {Version}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
