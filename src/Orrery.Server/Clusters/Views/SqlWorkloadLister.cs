using System.Text;
using Dapper;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Identity;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Views;

/// <summary>Lists by the database: for one that other servers write too.</summary>
internal sealed class SqlWorkloadLister(IDatabase database, WorkspaceDirectory workspaces, TimeProvider clock) : IWorkloadLister
{
    public Task<(long Total, IReadOnlyList<ClusterWorkloadRow> Rows)> List(ListFilter filter, Principal caller, CancellationToken ct)
    {
        var (where, args) = Where(filter, caller);
        return database.Read(
            async db =>
            {
                var rows = (await db.QueryAsync<ClusterWorkloadRow>(
                    $"SELECT * FROM cluster_workloads WHERE {where} ORDER BY {Order(filter)} LIMIT @limit OFFSET @offset", args)).AsList();
                var total = rows.Count < filter.Limit && (rows.Count > 0 || filter.Offset == 0)
                    ? filter.Offset + rows.Count // the page is the last one: it is counted already
                    : await db.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM cluster_workloads WHERE {where}", args);
                return (total, (IReadOnlyList<ClusterWorkloadRow>)rows);
            },
            ct);
    }

    private static string Order(ListFilter filter)
    {
        var direction = filter.Descending ? "DESC" : "ASC";
        var nullsLast = filter.Sort.IsNullable ? $"({filter.Sort.Column} IS NULL), " : "";
        return $"{nullsLast}{filter.Sort.Column} {direction}, id {direction}";
    }

    private (string Where, DynamicParameters Args) Where(ListFilter filter, Principal caller)
    {
        var where = new StringBuilder("1 = 1");
        var args = new DynamicParameters(new { limit = filter.Limit, offset = filter.Offset, now = Microseconds.From(clock.GetUtcNow()) });
        void And(string clause, string name, object? value)
        {
            if (value is null)
                return;
            where.Append(" AND ").Append(clause);
            args.Add(name, value);
        }
        And("workspace_id = @workspace", "workspace", filter.WorkspaceId);
        And($"phase {database.Dialect.In("@phases")}", "phases", Some(filter.Phases));
        And($"kind {database.Dialect.In("@kinds")}", "kinds", Some(filter.Kinds));
        And("cluster_id = @cluster", "cluster", filter.ClusterId);
        And("user_id = @user", "user", filter.UserId);
        And(Contains("user_name", "userName"), "userName", Pattern(filter.UserName));
        And(Contains("description", "description"), "description", Pattern(filter.Description));
        And(Contains("id", "workload"), "workload", Pattern(filter.WorkloadId));
        And("created_at >= @since", "since", filter.Since is { } since ? Microseconds.From(since) : null);
        And("created_at <= @until", "until", filter.Until is { } until ? Microseconds.From(until) : null);
        if (!caller.IsAdmin)
        {
            And($"(user_id = @me OR workspace_id {database.Dialect.In("@visible")})", "me", caller.UserId);
            args.Add("visible", workspaces.All.Where(workspace => workspace.MayUse(caller)).Select(workspace => workspace.Id).ToArray());
        }
        return (where.ToString(), args);
    }

    private static string[]? Some(IReadOnlyList<string> values) => values.Count == 0 ? null : [.. values];

    private static string Contains(string column, string parameter) => $"LOWER({column}) LIKE @{parameter} ESCAPE '\\'";

    /// <summary>% and _ of the caller stand for themselves.</summary>
    private static string? Pattern(string? text) =>
        text is null ? null : $"%{text.ToLowerInvariant().Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
}
