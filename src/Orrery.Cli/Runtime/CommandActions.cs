using System.CommandLine;

namespace Orrery.Cli.Runtime;

internal static class CommandActions
{
    /// <summary>Runs <paramref name="action"/>; every error becomes a message on stderr and an exit code.</summary>
    public static void Runs(this Command command, Terminal terminal, Func<CommandContext, CancellationToken, Task<int>> action) =>
        command.SetAction(async (options, cancellation) =>
        {
            using var context = new CommandContext(terminal, options);
            try
            {
                return await action(context, cancellation);
            }
            catch (Exception e)
            {
                return ErrorReport.Write(e, context, cancellation);
            }
        });

    /// <summary>The same for a command that has one outcome.</summary>
    public static void Runs(this Command command, Terminal terminal, Func<CommandContext, CancellationToken, Task> action) =>
        command.Runs(terminal, async (context, cancellation) =>
        {
            await action(context, cancellation);
            return ExitCodes.Ok;
        });
}
