using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Loop;

/// <param name="Open">Those that have not ended yet.</param>
/// <param name="Failed">One that will never succeed; null: there is none.</param>
/// <param name="How">What became of it.</param>
internal sealed record DependencyState(IReadOnlyList<string> Open, string? Failed, string How)
{
    public static readonly DependencyState None = new([], null, "");
}

/// <summary>Which dependencies workloads still wait for.</summary>
internal sealed class DependencyReader(ClusterStore store)
{
    /// <returns>For each waiting workload that has some, how they stand.</returns>
    public async Task<IReadOnlyDictionary<string, DependencyState>> Read(IReadOnlyList<ClusterWorkloadRow> rows, CancellationToken ct)
    {
        var wanted = rows.Where(row => row.HasDependencies && row.Phase == ClusterPhase.Pending && row.Run == 0)
            .ToDictionary(row => row.Id, row => JobFactory.Spec(row).Dependencies, StringComparer.Ordinal);
        if (wanted.Count == 0)
            return new Dictionary<string, DependencyState>();
        var phases = await store.Phases([.. wanted.Values.SelectMany(ids => ids).Distinct(StringComparer.Ordinal)], ct);
        return wanted.ToDictionary(one => one.Key, one => Of(one.Value, phases), StringComparer.Ordinal);
    }

    private static DependencyState Of(IReadOnlyList<string> ids, IReadOnlyDictionary<string, string> phases)
    {
        var failed = ids.FirstOrDefault(id => !phases.TryGetValue(id, out var phase) || phase is ClusterPhase.Failed or ClusterPhase.Stopped);
        return new DependencyState(
            [.. ids.Where(id => phases.GetValueOrDefault(id) != ClusterPhase.Succeeded)],
            failed,
            failed is not null && phases.TryGetValue(failed, out var how) ? $"ended {how}" : "was deleted");
    }
}
