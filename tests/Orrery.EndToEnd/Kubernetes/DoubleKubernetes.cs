using Orrery.Kubernetes.Testing;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>The double: its pods are processes of this machine.</summary>
public sealed class DoubleKubernetes : KubernetesFixture
{
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-kubeconfig-").FullName;
    private ApiServerDouble? cluster;

    public override string WebServer => "exec python3 -m http.server 8000 2>/dev/null";

    public override Task Interrupt(Func<Task> meanwhile) => cluster!.Interrupt(meanwhile);

    /// <summary>A kubeconfig of a cluster that asks nobody who they are.</summary>
    public static async Task<string> Write(string folder, ApiServerDouble cluster)
    {
        var path = Path.Combine(folder, "kubeconfig");
        await File.WriteAllTextAsync(path, $$$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "{{{cluster.Address}}}"}}]
            contexts: [{name: test, context: {cluster: test}}]
            current-context: test
            """);
        return path;
    }

    protected override async Task<string> StartCluster()
    {
        cluster = await ApiServerDouble.Start();
        return await Write(folder, cluster);
    }

    protected override async ValueTask StopCluster()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
