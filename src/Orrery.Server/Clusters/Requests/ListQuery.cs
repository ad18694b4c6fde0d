using System.Globalization;
using Orrery.Contracts.Json;
using Orrery.Contracts.Runs;

namespace Orrery.Server.Clusters.Requests;

/// <summary>What a list is asked for.</summary>
internal sealed record ListFilter
{
    public string? WorkspaceId { get; init; }
    public string? ClusterId { get; init; }
    public string? UserId { get; init; }
    public string? UserName { get; init; }
    public string? Description { get; init; }
    public string? WorkloadId { get; init; }
    public IReadOnlyList<string> Phases { get; init; } = [];
    public IReadOnlyList<string> Kinds { get; init; } = [];
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }

    public WorkloadSort Sort { get; init; } = WorkloadSort.CreationTime;
    public bool Descending { get; init; } = true;
    public int Limit { get; init; } = 100;
    public int Offset { get; init; }
}

/// <param name="Filter">Null when something is wrong.</param>
internal sealed record CheckedList(ListFilter? Filter, IReadOnlyDictionary<string, string[]> Errors, IReadOnlyList<string> Unknown);

/// <summary>Reads the query of a list.</summary>
internal static class ListQuery
{
    private static readonly string[] Known =
    [
        "workspaceId", "phase", "clusterId", "userId", "userName", "kind", "description", "offset", "limit", "sortBy", "order", "since", "until", "workloadId", "fieldValidation",
    ];

    public static CheckedList Parse(IEnumerable<KeyValuePair<string, string[]>> query)
    {
        var errors = new FieldErrors();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, given) in query.Where(pair => Known.Contains(pair.Key)))
        {
            if (given.Length != 1)
                errors.Add(name, "must be given once");
            else if (given[0].Length > 256 || given[0].Any(char.IsControl))
                errors.Add(name, "must be at most 256 printable characters");
            else if (given[0].Length > 0)
                values[name] = given[0];
        }
        var filter = new ListFilter
        {
            WorkspaceId = values.GetValueOrDefault("workspaceId"),
            ClusterId = values.GetValueOrDefault("clusterId"),
            UserId = values.GetValueOrDefault("userId"),
            UserName = values.GetValueOrDefault("userName"),
            Description = values.GetValueOrDefault("description"),
            WorkloadId = values.GetValueOrDefault("workloadId"),
            Phases = Choices("phase", values, ClusterPhase.All, errors),
            Kinds = Choices("kind", values, WorkloadKinds.All, errors),
            Since = Time("since", values, errors),
            Until = Time("until", values, errors),
            Sort = Sort(values.GetValueOrDefault("sortBy"), errors),
            Descending = Order(values.GetValueOrDefault("order"), errors),
            Limit = Whole("limit", values, 100, 1, 10_000, errors),
            Offset = Whole("offset", values, 0, 0, int.MaxValue, errors),
        };
        return new CheckedList(errors.Any ? null : filter, errors.All, [.. query.Select(pair => pair.Key).Where(name => !Known.Contains(name))]);
    }

    private static WorkloadSort Sort(string? name, FieldErrors errors)
    {
        if (name is null)
            return WorkloadSort.CreationTime;
        if (WorkloadSort.Find(name) is { } sort)
            return sort;
        errors.Add("sortBy", $"must be one of: {string.Join(", ", WorkloadSort.Names)}, or the same in camelCase");
        return WorkloadSort.CreationTime;
    }

    private static bool Order(string? order, FieldErrors errors)
    {
        if (order is not (null or "asc" or "desc"))
            errors.Add("order", "must be desc or asc");
        return order != "asc";
    }

    private static IReadOnlyList<string> Choices(string name, Dictionary<string, string> values, IReadOnlyList<string> known, FieldErrors errors)
    {
        var chosen = values.GetValueOrDefault(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        foreach (var wrong in chosen.Where(one => !known.Contains(one)))
            errors.Add(name, $"'{wrong}' must be one of: {string.Join(", ", known)}");
        return chosen;
    }

    private static DateTimeOffset? Time(string name, Dictionary<string, string> values, FieldErrors errors)
    {
        if (!values.TryGetValue(name, out var text))
            return null;
        if (EventTime.TryParse(text.Replace(' ', '+'), out var time))
            return time.ToDateTimeOffset();
        errors.Add(name, "must be an RFC 3339 time, like 2026-01-02T15:04:05.000Z");
        return null;
    }

    private static int Whole(string name, Dictionary<string, string> values, int fallback, int least, int most, FieldErrors errors)
    {
        if (!values.TryGetValue(name, out var text))
            return fallback;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        errors.Add(name, $"must be a whole number from {least} to {most}");
        return fallback;
    }
}
