using System.CommandLine;
using Orrery.Cli.Runtime;

namespace Orrery.Cli;

internal static class OrreryProgram
{
    /// <summary>How long a server may take to stop after Ctrl-C before the process ends anyway.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation = default)
    {
        var parsed = OrreryCommand.Create(terminal).Parse(arguments);
        if (parsed.Errors.Count > 0)
            return UsageReport.Write(parsed, terminal);
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopTimeout,
            },
            cancellation);
    }
}
