namespace Orrery.Kubernetes.Tests.Support;

/// <summary>The cluster of KUBECONFIG, when ORRERY_KUBERNETES=1 says that it may be used.</summary>
public sealed class RealCluster : ITestCluster
{
    private string node = "";

    public string? Missing => Environment.GetEnvironmentVariable("ORRERY_KUBERNETES") == "1" ? null : "ORRERY_KUBERNETES is not 1: no real cluster is used";

    public string Node => node;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        using var client = Client();
        node = (await client.Nodes.Page(new Selection(), 1, from: null, CancellationToken.None)).Items[0].Metadata.Name!;
    }

    public KubernetesClient Client(string manager = "orrery", Func<KubernetesClientOptions, KubernetesClientOptions>? change = null) =>
        new(KubeConfig.LoadDefault(), ITestCluster.Options(manager, change));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
