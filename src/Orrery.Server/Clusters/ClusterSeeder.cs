using Microsoft.Extensions.Options;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters;

/// <summary>Makes what a new installation needs: the cluster of this machine, and a workspace in it for everybody.</summary>
internal sealed class ClusterSeeder(WorkspaceStore store, DataFolder folder, IOptions<ClusterOptions> options, TimeProvider clock)
{
    private const string DefaultWorkspace = "default";
    private const int MostNames = 1000;

    public async Task Seed(CancellationToken ct)
    {
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

    /// <summary>The cluster of this data folder: <c>local</c>, or for another server on the same database <c>local-2</c> and so on.</summary>
    private async Task<string> OwnCluster(CancellationToken ct)
    {
        var owner = folder.Id();
        for (var i = 1; i < MostNames; i++)
        {
            var clusters = await store.Clusters(ct);
            if (clusters.FirstOrDefault(cluster => cluster.Owner == owner) is { } own)
                return own.Id;
            var name = i == 1 ? BackendFactory.Local : $"{BackendFactory.Local}-{i}";
            if (clusters.All(cluster => cluster.Id != name))
                await store.AddCluster(new ClusterRow { Id = name, Backend = BackendFactory.Local, Owner = owner, CreatedAt = clock.GetUtcNow() }, ct);
        }
        throw new InvalidOperationException("This database has too many local clusters.");
    }
}
