using Orrery.Kubernetes.Testing;
using Orrery.Kubernetes.Testing.Api;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>The double: its pods are processes of this machine. The server may do there what <c>deploy/</c> lets it, and no more.</summary>
public sealed class DoubleKubernetes : KubernetesFixture
{
    private const string ServerToken = "the-server's";
    private const string AdminToken = "an-admin's";

    private readonly string folder = Directory.CreateTempSubdirectory("orrery-kubeconfig-").FullName;
    private ApiServerDouble? cluster;

    public override string WebServer => "exec python3 -m http.server 8000 2>/dev/null";

    public override Task Interrupt(Func<Task> meanwhile) => cluster!.Interrupt(meanwhile);

    /// <param name="folder">Where it is written.</param>
    /// <param name="cluster">Of which.</param>
    /// <param name="token">Of whom; null where nobody is asked who they are.</param>
    /// <returns>The path of the kubeconfig.</returns>
    public static async Task<string> Write(string folder, ApiServerDouble cluster, string? token = null)
    {
        var path = Path.Combine(folder, token is null ? "kubeconfig" : $"kubeconfig-{token}");
        await File.WriteAllTextAsync(path, $$$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "{{{cluster.Address}}}"}}]
            contexts: [{name: test, context: {cluster: test, user: test}}]
            users: [{name: test, user: {{{(token is null ? "{}" : $"{{token: \"{token}\"}}")}}}}]
            current-context: test
            """);
        return path;
    }

    protected override async Task<string> StartCluster()
    {
        cluster = await ApiServerDouble.Start(new ApiServerDoubleOptions
        {
            Tokens = [ServerToken, AdminToken],
            Rights = new Dictionary<string, IReadOnlyList<AccessRule>>(StringComparer.Ordinal) { [ServerToken] = DeployedRights.Read() },
        });
        return await Write(folder, cluster, ServerToken);
    }

    protected override Task<string> AdminKubeconfig(string kubeconfig) => Write(folder, cluster!, AdminToken);

    protected override async ValueTask StopCluster()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
