using Microsoft.Extensions.Options;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Hosting;

namespace Orrery.Server.Clusters.Backends;

/// <summary>The cluster of this data folder.</summary>
internal sealed class LocalBackends(DataFolder folder, IOptions<ClusterOptions> options, IContentStore contents, TimeProvider clock) : IBackendOpener
{
    public string Name => BackendFactory.Local;

    public IClusterBackend? Open(ClusterRow cluster, IClusterLease lease) =>
        cluster.Owner == folder.Id() && options.Value.Local ? new LocalBackend(folder, options.Value, contents, clock) : null;
}
