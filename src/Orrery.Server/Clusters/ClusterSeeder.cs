using Microsoft.Extensions.Options;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters;

/// <summary>Makes what a new installation needs: the cluster of this machine with a workspace in it for everybody, and the clusters that the configuration names.</summary>
internal sealed class ClusterSeeder(ClusterRegistry registry, WorkspaceStore store, DataFolder folder, IOptions<ClusterOptions> options, TimeProvider clock)
{
    private const string DefaultWorkspace = "default";
    private const int MostNames = 1000;

    /// <exception cref="InvalidOperationException">The configuration names a cluster twice, in a way that no name is, or one that is there in another way.</exception>
    public async Task Seed(CancellationToken ct)
    {
        await SeedConfigured(ct);
        if (!options.Value.Local)
            return;
        var cluster = await OwnCluster(ct);
        var workspaces = await store.All(ct);
        if (workspaces.Count == 0)
        {
            var workspace = new Workspace
            {
                Id = DefaultWorkspace,
                DisplayName = DefaultWorkspace,
                ClusterId = cluster,
                Settings = new WorkspaceSettings(),
                CreatedAt = clock.GetUtcNow(),
                Members = [Workspace.Everybody],
            };
            await store.Add(workspace, Events.ServerEvents.Actor, ct);
        }
    }

    private async Task SeedConfigured(CancellationToken ct)
    {
        var names = options.Value.Kubernetes.Select(cluster => cluster.Id).ToList();
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Clusters:Kubernetes names the cluster '{twice.Key}' twice.");
        foreach (var name in names)
        {
            if (!Labels.IsLabel(name))
                throw new InvalidOperationException($"Clusters:Kubernetes: the Id '{name}' {Labels.Shape}.");
            var cluster = new ClusterRow { Id = name, Backend = BackendFactory.Kubernetes, Instance = ClusterRow.NewInstance(), CreatedAt = clock.GetUtcNow() };
            if (!await registry.Add(cluster, Events.ServerEvents.Actor, ct) && (await registry.All(ct)).First(known => known.Id == name) is not { Backend: BackendFactory.Kubernetes, Kubeconfig: null })
                throw new InvalidOperationException($"Clusters:Kubernetes names the cluster '{name}', and there is one that is reached in another way; give it another Id.");
        }
    }

    /// <summary>The cluster of this data folder: <c>local</c>, or for another server on the same database <c>local-2</c> and so on.</summary>
    private async Task<string> OwnCluster(CancellationToken ct)
    {
        var owner = folder.Id();
        for (var i = 1; i < MostNames; i++)
        {
            var clusters = await registry.All(ct);
            if (clusters.FirstOrDefault(cluster => cluster.Owner == owner) is { } own)
                return own.Id;
            var name = i == 1 ? BackendFactory.Local : $"{BackendFactory.Local}-{i}";
            if (clusters.All(cluster => cluster.Id != name))
                await registry.Add(new ClusterRow { Id = name, Backend = BackendFactory.Local, Owner = owner, CreatedAt = clock.GetUtcNow() }, Events.ServerEvents.Actor, ct);
        }
        throw new InvalidOperationException("This database has too many local clusters.");
    }
}
