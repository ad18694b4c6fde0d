using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Registry;

/// <summary>Makes the lease that a cluster needs: none where no other server could act on it.</summary>
internal sealed class ClusterLeases(IDatabase database, IOptions<ReconcileOptions> options, TimeProvider clock, ILogger<ClusterLeases> logger)
{
    private readonly string holder = Ids.New("replica");

    public IClusterLease Of(ClusterRow cluster) => database.Dialect == SqlDialect.Sqlite || cluster.Owner.Length > 0
        ? OwnLease.Instance
        : new SharedLease(cluster.Id, holder, database, options.Value, clock, logger);
}
