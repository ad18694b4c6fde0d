using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Views;

/// <summary>A page of workloads by filter, and how many there are in all.</summary>
internal interface IWorkloadLister
{
    Task<(long Total, IReadOnlyList<ClusterWorkloadRow> Rows)> List(ListFilter filter, Principal caller, CancellationToken ct);
}
