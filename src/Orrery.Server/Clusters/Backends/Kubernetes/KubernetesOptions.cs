using System.ComponentModel.DataAnnotations;

namespace Orrery.Server.Clusters.Backends.Kubernetes;

/// <summary>Section <c>Kubernetes</c>: how every cluster is worked with.</summary>
internal sealed record KubernetesOptions
{
    /// <summary>A run that was admitted and whose pods find no node for so long goes back to the queue.</summary>
    [Range(0.1, 86_400)]
    public double UnschedulableS { get; init; } = 60;

    /// <summary>News of nodes and clocks of waiting pods are looked at this often.</summary>
    [Range(0.01, 60)]
    public double LookS { get; init; } = 0.25;

    /// <summary>Before what a cluster refused is tried again.</summary>
    [Range(0.01, 600)]
    public double RetryS { get; init; } = 2;

    /// <summary>For what pods wrote last, once they are gone.</summary>
    [Range(0.1, 600)]
    public double LastLogS { get; init; } = 10;

    /// <summary>To one cluster, over a long time; 0: no limit.</summary>
    [Range(0, 100_000)]
    public double RequestsPerSecond { get; init; } = 500;

    /// <summary>To one cluster at once, after a rest.</summary>
    [Range(1, 100_000)]
    public int Burst { get; init; } = 1000;
}
