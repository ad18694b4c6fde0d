using System.Net;
using Orrery.Cli.Runtime;
using Orrery.Client;
using Orrery.Client.Clusters;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Logs;

/// <summary>Follows the logs of all selected pods at once, of those too that start later, until the workload has ended.</summary>
internal sealed class LogFollowing(CommandContext context, string id, LogQuery query)
{
    private const int WholeLog = 100_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Task> follows = [];
    private readonly Lock turn = new();
    private bool saidThatItWaits;
    private bool isLost;
    private bool wasSeen;

    public async Task<int> Run(CancellationToken cancellation)
    {
        var isFirst = true;
        while (await Look(cancellation) is { } found)
        {
            if (found.Workload is not { } workload)
            {
                await Task.Delay(Pause, context.Terminal.Clock, cancellation);
                continue;
            }
            Start(workload, isFirst ? query : new LogQuery { TailLines = WholeLog }, cancellation);
            SayThatItWaits(workload);
            if (workload.HasEnded() || IsOnePodThatEnded(workload))
                break;
            await Task.Delay(Pause, context.Terminal.Clock, cancellation);
            isFirst = isFirst && follows.Count == 0;
            foreach (var broken in follows.Values.Where(f => f.IsFaulted))
                await broken;
        }
        await Task.WhenAll(follows.Values);
        return ExitCodes.Ok;
    }

    /// <summary>Null: deleted meanwhile. Without a workload: the server is gone, and was there before.</summary>
    private async Task<Sight?> Look(CancellationToken cancellation)
    {
        try
        {
            var workload = await context.Client.Clusters.Workloads.Get(id, cancellation);
            if (isLost)
                await context.Terminal.Error.WriteLineAsync("The server is there again.");
            (isLost, wasSeen) = (false, true);
            return new Sight(workload);
        }
        catch (OrreryUnreachableException e) when (wasSeen)
        {
            if (!isLost)
                await context.Terminal.Error.WriteLineAsync($"No answer from {e.Address}; the logs go on when it is there again.");
            isLost = true;
            return new Sight(null);
        }
        catch (OrreryApiException e) when (e.Status == HttpStatusCode.NotFound && follows.Count > 0)
        {
            return null;
        }
    }

    private void Start(ClusterWorkloadView workload, LogQuery lines, CancellationToken cancellation)
    {
        var pods = PodSelection.Of(context.Options, workload);
        foreach (var pod in pods.Where(p => !follows.ContainsKey(p.PodId)))
        {
            var prefix = workload.Resource.Replica > 1 || pods.Count > 1 ? PodSelection.Prefix(context.Options, workload, pod) : "";
            follows[pod.PodId] = Follow(pod.PodId, prefix, lines, cancellation);
        }
    }

    private async Task Follow(string podId, string prefix, LogQuery lines, CancellationToken cancellation)
    {
        await foreach (var line in context.Client.Clusters.Pods.FollowLogs(id, podId, lines, cancellation))
        {
            lock (turn)
                context.Terminal.Output.WriteLine(prefix + line.Text);
        }
    }

    private bool IsOnePodThatEnded(ClusterWorkloadView workload) =>
        context.Options.GetValue(PodSelection.Pod) is { } podId && workload.Pods.FirstOrDefault(p => p.PodId == podId)?.HasEnded() != false;

    private sealed record Sight(ClusterWorkloadView? Workload);

    private void SayThatItWaits(ClusterWorkloadView workload)
    {
        if (saidThatItWaits || follows.Count > 0)
            return;
        saidThatItWaits = true;
        context.Terminal.Error.WriteLine($"{id} is {workload.Phase}{(workload.Message.Length > 0 ? $": {workload.Message}" : "")}; its logs follow when it runs.");
    }
}
