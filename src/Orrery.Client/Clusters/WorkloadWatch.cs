using System.Runtime.CompilerServices;
using Orrery.Contracts.Clusters;

namespace Orrery.Client.Clusters;

internal static class WorkloadWatch
{
    public static async IAsyncEnumerable<ClusterWorkloadView> Run(
        ClusterWorkloadsClient workloads, string id, WatchOptions options, TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var seen = "";
        while (true)
        {
            var view = await Look(workloads, id, wasSeen: seen.Length > 0, cancellation).ConfigureAwait(false);
            if (view is not null && State(view) is var state && state != seen)
            {
                seen = state;
                yield return view;
            }
            if (view is not null && options.UntilEnded && view.HasEnded())
                yield break;
            await Task.Delay(options.Interval, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Null: the server is gone, and was there before.</summary>
    private static async Task<ClusterWorkloadView?> Look(ClusterWorkloadsClient workloads, string id, bool wasSeen, CancellationToken cancellation)
    {
        try
        {
            return await workloads.Get(id, cancellation).ConfigureAwait(false);
        }
        catch (OrreryUnreachableException) when (wasSeen)
        {
            return null;
        }
    }

    /// <summary>What counts as a change; running times and countdowns do not.</summary>
    private static string State(ClusterWorkloadView view) => string.Join(
        '\n',
        view.Pods.Select(p => $"{p.PodId} {p.Phase} {p.EndTime}")
            .Prepend($"{view.Phase} {view.DispatchCount} {view.SchedulerOrder} {view.DeletionTime} {view.Message}"));
}
