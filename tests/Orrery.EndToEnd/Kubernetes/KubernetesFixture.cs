using Orrery.EndToEnd.Clusters;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>A server with one Kubernetes cluster and a workspace there, for the tests of a class.</summary>
public abstract class KubernetesFixture : IAsyncLifetime
{
    public const string ClusterId = "k8s";
    public const string Image = "localhost/busybox:1";

    public static readonly string[] Settings =
    [
        "Clusters:ResyncS=0.5", "Clusters:GraceS=1", "Clusters:StopWaitS=2", "Kubernetes:LookS=0.05", "Kubernetes:RetryS=0.2", "Kubernetes:UnschedulableS=2",
        $"Clusters:Kubernetes:0:Id={ClusterId}",
    ];

    private TestServer? server;

    public TestServer Server => server ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>What the cluster itself says.</summary>
    public KubernetesClient Cluster { get; private set; } = null!;

    /// <summary>A namespace that nobody else has.</summary>
    public string Workspace { get; } = $"team-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>An ordinary user, member of the workspace.</summary>
    public Api Ada { get; private set; } = null!;

    public string AdaKey { get; private set; } = "";

    /// <summary>Why there is no cluster; null: there is.</summary>
    public virtual string? Missing => null;

    /// <summary>A command that serves the working folder on port 8000.</summary>
    public abstract string WebServer { get; }

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
            return;
        var kubeconfig = await StartCluster();
        Cluster = Client(await AdminKubeconfig(kubeconfig));
        server = await TestServer.Run(settings: [.. Settings, $"Clusters:Kubernetes:0:Kubeconfig={kubeconfig}"]);
        (Ada, AdaKey, var id) = await Users.AddWithKey(server, "ada");
        (await server.Admin.Post("/api/v1/workspaces", $$"""{"workspaceId":"{{Workspace}}","displayName":"Team","clusterId":"{{ClusterId}}","members":["{{id}}"]}""")).MustBe(200);
        await Wait.Until("its nodes", async () => (await server.Admin.Get("/api/v1/nodes")).MustBe(200)["items"]!.AsArray().Any(node => node!.Str("clusterId") == ClusterId));
    }

    public async ValueTask DisposeAsync()
    {
        Ada?.Dispose();
        if (server is not null)
            await server.DisposeAsync();
        if (Missing is null && await Cluster.Namespaces.Find(ns: null, Workspace, CancellationToken.None) is not null)
            await Cluster.Namespaces.Delete(ns: null, Workspace, new DeleteOptions(), CancellationToken.None);
        Cluster?.Dispose();
        await StopCluster();
        GC.SuppressFinalize(this);
    }

    /// <summary>The server is killed, and another begins where it was.</summary>
    public async Task Restart(Func<Task> between)
    {
        await Server.Process.Kill();
        await between();
        await Server.Start();
        Ada.Dispose();
        Ada = Api.User(Server.Address, AdaKey);
    }

    /// <summary>The API server is away while <paramref name="meanwhile"/> lasts; pods go on.</summary>
    public abstract Task Interrupt(Func<Task> meanwhile);

    /// <returns>The path of the server's kubeconfig.</returns>
    protected abstract Task<string> StartCluster();

    /// <returns>The path of one that may do everything there.</returns>
    protected virtual Task<string> AdminKubeconfig(string kubeconfig) => Task.FromResult(kubeconfig);

    protected virtual ValueTask StopCluster() => ValueTask.CompletedTask;

    private static KubernetesClient Client(string kubeconfig) => new(KubeConfig.Load([kubeconfig]));
}
