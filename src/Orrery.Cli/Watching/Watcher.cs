using Orrery.Cli.Jobs;
using Orrery.Cli.Runtime;
using Orrery.Client.Workloads;

namespace Orrery.Cli.Watching;

/// <summary>Follows a workload to its end: a live display for people, a line per event for everything else.</summary>
internal static class Watcher
{
    /// <returns>The exit code of how it ended.</returns>
    public static async Task<int> Run(CommandContext context, string id, CancellationToken cancellation)
    {
        var workloads = context.Client.Workloads;
        var state = new WatchState(workloads, id);
        await state.Refresh(cancellation);
        if (context.IsJson)
            await JsonWatch.Run(context, id, cancellation);
        else if (context.Terminal.IsInteractive)
            await LiveWatch.Run(context.Terminal, workloads, id, state, cancellation);
        else
            await LineWatch.Run(context.Terminal.Output, workloads, id, state, cancellation);
        state.MarkStale();
        await state.Refresh(cancellation);
        if (!context.IsJson)
            WorkloadPanel.Render(context.Terminal.Console, state.Workload!);
        return ExitCode(state.Workload!.Phase);
    }

    public static int ExitCode(string phase) => phase == WorkloadPhases.Done ? ExitCodes.Ok : ExitCodes.WorkloadFailed;
}
