using Orrery.Server.Clusters.Requests;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters;

/// <summary>Node ports, each given once a cluster. A reservation that no workload took within the hour is free again.</summary>
internal sealed class NodePorts(IDatabase database, TimeProvider clock)
{
    private const int First = 30_000;
    private const int Last = 32_767;
    private const string Reserved = "";

    /// <returns>The spec with its node port; unchanged when it needs none.</returns>
    /// <exception cref="Errors.ApiException">AlreadyExists: another workload has the port.</exception>
    public async Task<ClusterSpec> Reserve(string clusterId, ClusterSpec spec, CancellationToken ct)
    {
        if (spec.Service is not { ServiceType: "NodePort" } service)
            return spec;
        var port = await database.Write(work => Take(work, clusterId, service.NodePort), ct);
        return spec with { Service = service with { NodePort = port } };
    }

    private async Task<int> Take(DbWork work, string clusterId, int wanted)
    {
        await work.Execute(
            "DELETE FROM cluster_node_ports WHERE workload_id = @Reserved AND reserved_at < @old", new { Reserved, old = clock.GetUtcNow().AddHours(-1) });
        var taken = (await work.Query<int>("SELECT port FROM cluster_node_ports WHERE cluster_id = @clusterId", new { clusterId })).ToHashSet();
        var port = wanted != 0 ? wanted : Enumerable.Range(First, Last - First + 1).FirstOrDefault(one => !taken.Contains(one));
        if (port == 0)
            throw ClusterRefusals.Conflict("service.nodePort: every port from 30000 to 32767 is taken");
        var inserted = await work.Execute(
            "INSERT INTO cluster_node_ports (cluster_id, port, workload_id, reserved_at) VALUES (@clusterId, @port, @Reserved, @now) ON CONFLICT DO NOTHING",
            new { clusterId, port, Reserved, now = clock.GetUtcNow() });
        return inserted == 1 ? port : throw ClusterRefusals.AlreadyExists($"service.nodePort: {port} is another workload's; leave it out to be given one");
    }
}
