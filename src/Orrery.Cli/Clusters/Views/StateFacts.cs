using Orrery.Cli.Output;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Views;

/// <summary>Where a workload stands, and why it waits.</summary>
internal static class StateFacts
{
    public static IEnumerable<(string Name, string Value)> Of(ClusterWorkloadView workload)
    {
        if (workload.Message.Length > 0 && workload.Message != workload.Wait?.Message)
            yield return ("message", workload.Message);
        foreach (var fact in Waiting(workload.Wait))
            yield return fact;
        yield return ("created", Format.Time(workload.CreationTime));
        foreach (var (name, time) in new[] { ("started", workload.StartTime), ("ended", workload.EndTime), ("deleted", workload.DeletionTime) })
        {
            if (time.Length > 0)
                yield return (name, Format.Time(time));
        }
        yield return ("ran", $"{workload.Runtime}, {workload.DispatchCount} {(workload.DispatchCount == 1 ? "run" : "runs")} (at most {workload.MaxRetry + 1})");
        if (workload.Timeout > 0)
            yield return ("timeout", Format.Duration(workload.Timeout) + (workload.SecondsUntilTimeout > 0 ? $", {Format.Duration(workload.SecondsUntilTimeout)} left" : ""));
    }

    private static IEnumerable<(string Name, string Value)> Waiting(WaitView? wait)
    {
        if (wait is null)
            yield break;
        yield return ("waits for", $"{wait.Code}: {wait.Message}");
        if (wait.Order > 0)
            yield return ("in queue", wait.Ahead.Count > 0 ? $"place {wait.Order}, behind {string.Join(", ", wait.Ahead)}" : $"place {wait.Order}");
        yield return ("expected start", wait.ExpectedStart.Length > 0 ? Format.Time(wait.ExpectedStart) : "not known: what is ahead has no timeout");
    }
}
