using Orrery.Contracts.Clusters;

namespace Orrery.Server.Clusters.Requests;

internal sealed record CheckedBatch(IReadOnlyList<string> Ids, IReadOnlyDictionary<string, string[]> Errors, IReadOnlyList<string> Unknown);

/// <summary>The ids of a batch: one twice counts once.</summary>
internal static class BatchRules
{
    private const int Most = 500;
    private const int LongestId = 64;

    public static CheckedBatch Check(BatchWorkloadsRequest request)
    {
        var errors = new FieldErrors();
        var ids = request.WorkloadIds ?? [];
        if (ids.Count is 0 or > Most)
            errors.Add("workloadIds", $"must be 1 to {Most} ids");
        if (ids.Any(id => id is null or { Length: 0 or > LongestId } || id.Any(char.IsControl)))
            errors.Add("workloadIds", $"must be ids of 1 to {LongestId} printable characters");
        return new CheckedBatch(errors.Any ? [] : [.. ids.Distinct(StringComparer.Ordinal)], errors.All, [.. request.Unknown?.Keys ?? Enumerable.Empty<string>()]);
    }
}
