using Orrery.Client.Clusters;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Views;

internal static class ContainerText
{
    /// <summary>How a pod ended, when it did not end well: like <c>rank 1 exited with 3 (Error: out of memory)</c>; else "".</summary>
    public static string Exit(PodView pod)
    {
        if (pod.Containers.FirstOrDefault(c => c.ExitCode != 0) is not { } container)
            return "";
        return $"{(pod.Rank.Length > 0 ? $"rank {pod.Rank}" : pod.PodId)} exited with {container.ExitCode}{Because(container)}";
    }

    /// <summary>The exit code of a pod that has ended, with its reason.</summary>
    public static string Code(PodView pod) => pod.HasEnded()
        ? string.Join(", ", pod.Containers.Select(c => $"{c.ExitCode}{Because(c)}"))
        : "–";

    private static string Because(ContainerView container)
    {
        var reason = string.Join(": ", new[] { container.Reason, container.Message }.Where(t => !string.IsNullOrEmpty(t)));
        return reason.Length > 0 ? $" ({reason})" : "";
    }
}
