using Orrery.Contracts.Clusters;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Workspaces;

namespace Orrery.Server.Clusters.Requests;

internal sealed record CheckedWorkspace(Workspace? Workspace, IReadOnlyDictionary<string, string[]> Errors, string Code, IReadOnlyList<string> Warnings);

/// <summary>From the body of a workspace to the workspace that follows.</summary>
internal static class WorkspaceRules
{
    private const int LongestName = 64;
    private const int MostMembers = 1000;

    /// <param name="request">What is given.</param>
    /// <param name="current">What there is; for a new one its defaults, with an empty id.</param>
    /// <param name="clusters">The ids of clusters, with their backends.</param>
    /// <param name="users">Of the users named, those that exist.</param>
    /// <param name="onlyMembers">The caller is not an admin of the installation: members and admins only.</param>
    /// <param name="strict">Unknown members are errors.</param>
    public static CheckedWorkspace Check(
        WorkspaceRequest request, Workspace current, IReadOnlyDictionary<string, string> clusters, IReadOnlySet<string> users, bool onlyMembers, bool strict)
    {
        var errors = new FieldErrors();
        errors.Unknown("", request.Unknown?.Keys, strict);
        if (onlyMembers)
            CheckOnlyMembers(request, errors);
        var isNew = current.Id.Length == 0;
        var next = current with
        {
            Id = isNew ? Id(request, errors) : Same("workspaceId", request.WorkspaceId, current.Id, errors),
            DisplayName = DisplayName(request.DisplayName, current.DisplayName, errors),
            ClusterId = isNew ? Cluster(request.ClusterId, current.ClusterId, clusters, errors) : Same("clusterId", request.ClusterId, current.ClusterId, errors),
            Group = request.Group is null ? current.Group : Group(request.Group, errors),
            Settings = new WorkspaceSettings
            {
                Quota = Amount("quota", request.Quota, current.Settings.Quota, strict, errors),
                BorrowingLimit = Amount("borrowingLimit", request.BorrowingLimit, current.Settings.BorrowingLimit, strict, errors),
                Fifo = Policy(request.QueuePolicy, current.Settings.Fifo, errors),
                Preemption = request.Preemption ?? current.Settings.Preemption,
            },
            Admins = People("admins", request.Admins, current.Admins, users, errors),
            Members = People("members", request.Members, current.Members, users, errors),
        };
        if (isNew && clusters.GetValueOrDefault(next.ClusterId) == BackendFactory.Kubernetes && IsReserved(next.Id))
            errors.Add("workspaceId", $"is a namespace of cluster '{next.ClusterId}': 'default' and names that begin with 'kube-' are Kubernetes' own");
        return new CheckedWorkspace(errors.Any ? null : next, errors.All, errors.Code, errors.Warnings);
    }

    private static void CheckOnlyMembers(WorkspaceRequest request, FieldErrors errors)
    {
        if (request is not { DisplayName: null, Group: null, Quota: null, BorrowingLimit: null, QueuePolicy: null, Preemption: null })
            errors.Add("workspace", "its admins change members and admins; the rest is for admins of the installation", "Forbidden");
    }

    private static string Id(WorkspaceRequest request, FieldErrors errors)
    {
        if (request.WorkspaceId is { Length: > 0 } given)
        {
            if (!Labels.IsLabel(given))
                errors.Add("workspaceId", Labels.Shape);
            return given;
        }
        var made = WorkloadNames.Stem(request.DisplayName ?? "", "");
        if (made.Length == 0)
            errors.Add("workspaceId", "is required when displayName has no letter a-z or digit");
        return made;
    }

    private static string DisplayName(string? given, string current, FieldErrors errors)
    {
        var name = given is { Length: > 0 } ? given : current;
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            errors.Add("displayName", $"must be 1 to {LongestName} printable characters");
        return name;
    }

    private static string Cluster(string? given, string fallback, IReadOnlyDictionary<string, string> clusters, FieldErrors errors)
    {
        var id = given is { Length: > 0 } ? given : fallback;
        if (!clusters.ContainsKey(id))
            errors.Add("clusterId", $"must be one of: {string.Join(", ", clusters.Keys)}");
        return id;
    }

    private static string Same(string field, string? given, string current, FieldErrors errors)
    {
        if (given is { Length: > 0 } && given != current)
            errors.Add(field, "cannot be changed");
        return current;
    }

    private static string? Group(string group, FieldErrors errors)
    {
        if (group.Length == 0)
            return null;
        if (!Labels.IsLabel(group))
            errors.Add("group", $"must be 1 to {Labels.Longest} of a-z, 0-9 and '-', or empty for none");
        return group;
    }

    private static Amounts Amount(string field, ResourceAmounts? given, Amounts current, bool strict, FieldErrors errors)
    {
        if (given is null)
            return current;
        errors.Unknown(field, given.Unknown?.Keys, strict);
        return new Amounts
        {
            CpuMillis = Read("cpu", given.Cpu, text => text == "0" ? 0 : Quantity.TryCpu(text), "a number of cores, like 64"),
            MemoryBytes = Read("memory", given.Memory, text => text == "0" ? 0 : Quantity.TryBytes(text), "a size, like 512Gi"),
            Gpus = (int?)Read("gpu", given.Gpu, text => Quantity.TryCards(text), "a whole number of cards"),
        };

        long? Read(string name, string? text, Func<string, long?> parse, string wanted)
        {
            if (text is null or "")
                return null;
            var value = parse(text);
            if (value is null)
                errors.Add($"{field}.{name}", $"must be {wanted}");
            return value;
        }
    }

    private static bool Policy(string? given, bool isFifo, FieldErrors errors)
    {
        if (given is not (null or "" or "fifo" or "backfill"))
            errors.Add("queuePolicy", "must be fifo or backfill");
        return given is null or "" ? isFifo : given == "fifo";
    }

    private static IReadOnlyList<string> People(string field, List<string>? given, IReadOnlyList<string> current, IReadOnlySet<string> users, FieldErrors errors)
    {
        if (given is null)
            return current;
        if (given.Count > MostMembers)
            errors.Add(field, $"must have at most {MostMembers} users");
        foreach (var unknown in given.Where(id => id is null || (!users.Contains(id) && !(id == Workspace.Everybody && field == "members"))).Take(10))
            errors.Add(field, $"'{Server.Errors.Refuse.Shorten(unknown ?? "null")}' is not the id of a user{(field == "members" ? ", nor * for everybody" : "")}");
        return [.. given.Where(id => id is not null).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsReserved(string id) => id == "default" || id.StartsWith("kube-", StringComparison.Ordinal);
}
