using Orrery.Server.Clusters.Requests;

namespace Orrery.Server.Clusters.Store;

/// <param name="User">Sees what is theirs; null: an admin, who sees everything.</param>
/// <param name="Workspaces">And everything in these.</param>
internal sealed record Visibility(string? User, IReadOnlySet<string> Workspaces);

/// <summary>A list's filter over an index: each text is looked at once, not once a row.</summary>
internal sealed class WorkloadFilter
{
    private readonly bool[]? workspaces;
    private readonly bool[]? clusters;
    private readonly bool[]? users;
    private readonly bool[]? userNames;
    private readonly bool[]? descriptions;
    private readonly bool[]? phases;
    private readonly bool[]? kinds;
    private readonly bool[]? own;
    private readonly bool[]? visible;
    private readonly string? workloadId;
    private readonly long since;
    private readonly long until;

    public WorkloadFilter(ListFilter filter, Visibility caller, IndexTexts texts)
    {
        workspaces = texts.Workspaces.Where(filter.WorkspaceId is not null, text => text == filter.WorkspaceId);
        clusters = texts.Clusters.Where(filter.ClusterId is not null, text => text == filter.ClusterId);
        users = texts.Users.Where(filter.UserId is not null, text => text == filter.UserId);
        userNames = texts.UserNames.Where(filter.UserName is not null, text => Has(text, filter.UserName));
        descriptions = texts.Descriptions.Where(filter.Description is not null, text => Has(text, filter.Description));
        phases = texts.Phases.Where(filter.Phases.Count > 0, filter.Phases.Contains);
        kinds = texts.Kinds.Where(filter.Kinds.Count > 0, filter.Kinds.Contains);
        own = texts.Users.Where(caller.User is not null, text => text == caller.User);
        visible = texts.Workspaces.Where(caller.User is not null, caller.Workspaces.Contains);
        workloadId = filter.WorkloadId;
        since = filter.Since?.UtcTicks ?? long.MinValue;
        until = filter.Until?.UtcTicks ?? long.MaxValue;
    }

    public bool Takes(in IndexKey key, ClusterWorkloadRow row) =>
        Is(phases, key.Phase)
        && Is(workspaces, key.Workspace)
        && Is(kinds, key.Kind)
        && Is(users, key.User)
        && Is(clusters, key.Cluster)
        && Is(userNames, key.UserName)
        && Is(descriptions, key.Description)
        && key.CreatedAt >= since
        && key.CreatedAt <= until
        && (own is null || own[key.User] || visible![key.Workspace])
        && (workloadId is null || Has(row.Id, workloadId));

    private static bool Is(bool[]? wanted, int code) => wanted is null || wanted[code];

    private static bool Has(string text, string? part) => text.Contains(part!, StringComparison.OrdinalIgnoreCase);
}
