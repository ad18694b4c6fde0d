using Orrery.Kubernetes.Testing;

namespace Orrery.Kubernetes.Tests.Support;

/// <summary>The double.</summary>
public sealed class DoubleCluster : ITestCluster
{
    private ApiServerDouble? server;

    public string? Missing => null;

    public string Node => "node-1";

    public async ValueTask InitializeAsync() => server = await ApiServerDouble.Start();

    public KubernetesClient Client(string manager = "orrery", Func<KubernetesClientOptions, KubernetesClientOptions>? change = null) =>
        new(KubernetesConnection.Anonymous(server!.Address), ITestCluster.Options(manager, change));

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
