using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Testing;
using Orrery.Kubernetes.Tests.Support;
using Xunit;

namespace Orrery.Kubernetes.Tests.Resilience;

/// <summary>A test that makes its server go wrong: it has one of its own.</summary>
public abstract class DoubleTest : IAsyncLifetime
{
    private readonly CancellationTokenSource limit = Wait.Limit();
    private ApiServerDouble? server;

    protected ApiServerDouble Server => server!;

    protected CancellationToken Limit => limit.Token;

    public async ValueTask InitializeAsync() => server = await ApiServerDouble.Start(Options());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        limit.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual ApiServerDoubleOptions Options() => new();

    private protected KubernetesClient Client(KubernetesClientOptions? options = null) =>
        new(KubernetesConnection.Anonymous(Server.Address), options ?? new KubernetesClientOptions { RetryDelay = TimeSpan.FromMilliseconds(5) });

    private protected static Secret Secret(string name) => new() { Metadata = new ObjectMeta { Name = name, Namespace = "default" } };

    private protected static Selection All { get; } = new("default");

    private protected int Asked(string start) => Server.Requests.Count(request => request.StartsWith(start, StringComparison.Ordinal));
}
