using Orrery.Client.Workloads;
using Spectre.Console;

namespace Orrery.Cli.Watching;

/// <summary>A display that keeps itself up to date until the workload has ended.</summary>
internal static class LiveWatch
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    public static Task Run(Terminal terminal, WorkloadsClient workloads, string id, WatchState state, CancellationToken cancellation) =>
        terminal.Console.Live(WatchView.Create(state, 0)).StartAsync(async display =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var following = Follow(workloads, id, state, stop.Token);
            try
            {
                var frame = 0;
                while (!following.IsCompleted)
                {
                    await state.Refresh(cancellation);
                    display.UpdateTarget(WatchView.Create(state, frame++));
                    await Task.WhenAny(following, Task.Delay(Redraw, terminal.Clock, cancellation));
                    cancellation.ThrowIfCancellationRequested();
                }
                state.MarkStale();
                await state.Refresh(cancellation);
                display.UpdateTarget(WatchView.Create(state, 0));
            }
            finally
            {
                await stop.CancelAsync();
            }
            await following;
        });

    private static async Task Follow(WorkloadsClient workloads, string id, WatchState state, CancellationToken cancellation)
    {
        await foreach (var happened in workloads.FollowEvents(id, cancellation: cancellation))
            state.Apply(happened);
    }
}
