using Orrery.Kubernetes;
using Orrery.Kubernetes.Testing;

namespace Orrery.Backends.Tests.Support;

/// <summary>The double: its pods are processes of this machine.</summary>
public sealed class DoublePlace : KubernetesPlace
{
    private ApiServerDouble? server;

    public override async ValueTask InitializeAsync()
    {
        server = await ApiServerDouble.Start();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }

    private protected override KubernetesClient Client() => new(KubernetesConnection.Anonymous(server!.Address), new KubernetesClientOptions { RequestsPerSecond = 0 });
}
