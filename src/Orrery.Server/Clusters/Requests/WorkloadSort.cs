using System.Text;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Requests;

/// <summary>What a list is sorted by, for the database and for rows in memory; nulls come last, ties go by id.</summary>
/// <param name="Column">An expression over the table, never the caller's text; <c>@now</c> is a parameter.</param>
/// <param name="IsNullable">It may be null.</param>
/// <param name="Number">The same of a row, when it is a number.</param>
/// <param name="Text">The same of a row, when it is text.</param>
internal sealed record WorkloadSort(
    string Column, bool IsNullable = false, Func<ClusterWorkloadRow, DateTimeOffset, long?>? Number = null, Func<ClusterWorkloadRow, string?>? Text = null)
{
    private const string LeftUs = "timeout_s * 1000000 - ran_us - COALESCE(@now - running_since, 0)";

    public static readonly WorkloadSort CreationTime = new("created_at", Number: (row, _) => Microseconds.From(row.CreatedAt));

    public static readonly WorkloadSort Priority = new("priority", Number: (row, _) => row.Priority);

    private static readonly Dictionary<string, WorkloadSort> ByName = new(StringComparer.Ordinal)
    {
        ["create_time"] = CreationTime,
        ["creation_time"] = CreationTime,
        ["start_time"] = Time("started_at", row => row.StartedAt),
        ["end_time"] = Time("ended_at", row => row.EndedAt),
        ["deletion_time"] = Time("deleting_at", row => row.DeletingAt),
        ["workload_id"] = new("id", Text: row => row.Id),
        ["workload_uid"] = new("uid", Text: row => row.Uid),
        ["workspace_id"] = new("workspace_id", Text: row => row.WorkspaceId),
        ["cluster_id"] = new("cluster_id", Text: row => row.ClusterId),
        ["user_id"] = new("user_id", Text: row => row.UserId),
        ["user_name"] = new("user_name", Text: row => row.UserName),
        ["display_name"] = new("display_name", Text: row => row.DisplayName),
        ["description"] = new("description", Text: row => row.Description),
        ["phase"] = new("phase", Text: row => row.Phase),
        ["message"] = new("message", Text: row => row.Message),
        ["priority"] = Priority,
        ["dispatch_count"] = new("run", Number: (row, _) => row.Run),
        ["timeout"] = new("timeout_s", Number: (row, _) => row.TimeoutS),
        ["seconds_until_timeout"] = new(
            $"CASE WHEN timeout_s = 0 OR ended_at IS NOT NULL THEN 0 WHEN started_at IS NULL THEN -1 WHEN {LeftUs} < 0 THEN 0 ELSE {LeftUs} END",
            Number: (row, now) => UntilTimeout(row, now)),
        ["kind"] = new("kind", Text: row => row.Kind),
        ["group_version_kind"] = new("kind", Text: row => row.Kind),
        ["runtime"] = new("COALESCE(COALESCE(ended_at, @now) - started_at, 0)", Number: (row, now) => Runtime(row, now)),
        ["parent_id"] = new("parent_id", IsNullable: true, Text: row => row.ParentId),
        ["replica"] = new("replicas", Number: (row, _) => row.Replicas),
        ["resource"] = new("replicas", Number: (row, _) => row.Replicas),
    };

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <param name="name">A field of a list's item, in camelCase or snake_case.</param>
    /// <returns>Null: it is none, or lists are not sorted by it.</returns>
    public static WorkloadSort? Find(string name) => ByName.GetValueOrDefault(Snake(name));

    /// <summary>How rows in memory are ordered: as the database would at that time.</summary>
    public Comparison<ClusterWorkloadRow> Order(bool descending, DateTimeOffset now)
    {
        var sign = descending ? -1 : 1;
        return Number is { } number
            ? (a, b) => NullsLast(number(a, now), number(b, now), Nullable.Compare, a, b)
            : (a, b) => NullsLast(Text!(a), Text(b), string.CompareOrdinal, a, b);

        int NullsLast<T>(T keyA, T keyB, Comparison<T> compare, ClusterWorkloadRow a, ClusterWorkloadRow b)
        {
            var byKey = keyA is null || keyB is null ? (keyA is null).CompareTo(keyB is null) : sign * compare(keyA, keyB);
            return byKey != 0 ? byKey : sign * string.CompareOrdinal(a.Id, b.Id);
        }
    }

    private static WorkloadSort Time(string column, Func<ClusterWorkloadRow, DateTimeOffset?> time) =>
        new(column, IsNullable: true, Number: (row, _) => time(row) is { } known ? Microseconds.From(known) : null);

    private static long Runtime(ClusterWorkloadRow row, DateTimeOffset now) =>
        row.StartedAt is { } start ? Microseconds.From(row.EndedAt ?? now) - Microseconds.From(start) : 0;

    private static long UntilTimeout(ClusterWorkloadRow row, DateTimeOffset now)
    {
        if (row.TimeoutS == 0 || row.IsEnded)
            return 0;
        if (row.StartedAt is null)
            return -1;
        var running = row.RunningSince is { } since ? Microseconds.From(now) - Microseconds.From(since) : 0;
        return Math.Max(0, (row.TimeoutS * 1_000_000) - row.RanUs - running);
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter))
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
