using Xunit;

namespace Orrery.Kubernetes.Tests.Support;

/// <summary>A cluster that tests may use, each in a namespace of its own.</summary>
public interface ITestCluster : IAsyncLifetime
{
    /// <summary>Why it cannot be used here; null when it can.</summary>
    string? Missing { get; }

    /// <summary>A node that runs pods.</summary>
    string Node { get; }

    KubernetesClient Client(string manager = "orrery", Func<KubernetesClientOptions, KubernetesClientOptions>? change = null);

    /// <summary>The options of <see cref="Client"/>: small pages, so that they are seen.</summary>
    static KubernetesClientOptions Options(string manager, Func<KubernetesClientOptions, KubernetesClientOptions>? change)
    {
        var options = new KubernetesClientOptions { FieldManager = manager, PageSize = 3 };
        return change?.Invoke(options) ?? options;
    }
}
