using System.Text.Json;
using Dapper;
using Orrery.Server.Events;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Workspaces;

/// <summary>Workspaces and clusters in the database.</summary>
internal sealed class WorkspaceStore(IDatabase database)
{
    public Task<IReadOnlyList<Workspace>> All(CancellationToken ct) => database.Read(
        async db =>
        {
            var members = (await db.QueryAsync<(string WorkspaceId, string UserId, bool Admin)>(
                "SELECT workspace_id, user_id, admin FROM workspace_members ORDER BY user_id")).ToLookup(row => row.WorkspaceId);
            var rows = await db.QueryAsync<Row>("SELECT * FROM workspaces ORDER BY created_at, id");
            return (IReadOnlyList<Workspace>)[.. rows.Select(row => Read(row, members[row.Id]))];
        },
        ct);

    /// <returns>False when the id is taken.</returns>
    public Task<bool> Add(Workspace workspace, string actor, CancellationToken ct) => database.Write(
        async work =>
        {
            if (await work.Execute(
                """
                INSERT INTO workspaces (id, display_name, cluster_id, group_name, settings, created_at, version)
                VALUES (@Id, @DisplayName, @ClusterId, @Group, @settings, @CreatedAt, 1) ON CONFLICT (id) DO NOTHING
                """,
                new { workspace.Id, workspace.DisplayName, workspace.ClusterId, workspace.Group, settings = Write(workspace), workspace.CreatedAt }) == 0)
                return false;
            await Members(work, workspace);
            await EventLog.Append(work, [ServerEvents.Audit(Subjects.Workspace, workspace.Id, "workspace.created", new { display_name = workspace.DisplayName }, workspace.CreatedAt, actor)]);
            return true;
        },
        ct);

    /// <returns>False when it was changed meanwhile.</returns>
    public Task<bool> Save(Workspace workspace, string actor, DateTimeOffset now, CancellationToken ct) => database.Write(
        async work =>
        {
            if (await work.Execute(
                "UPDATE workspaces SET display_name = @DisplayName, group_name = @Group, settings = @settings, version = version + 1 WHERE id = @Id AND version = @Version",
                new { workspace.Id, workspace.DisplayName, workspace.Group, settings = Write(workspace), workspace.Version }) == 0)
                return false;
            await work.Execute("DELETE FROM workspace_members WHERE workspace_id = @Id", new { workspace.Id });
            await Members(work, workspace);
            await EventLog.Append(work, [ServerEvents.Audit(Subjects.Workspace, workspace.Id, "workspace.changed", workspace.Settings, now, actor)]);
            return true;
        },
        ct);

    /// <returns>How many workloads it still has; 0: it was deleted.</returns>
    public Task<long> Delete(string id, string actor, DateTimeOffset now, CancellationToken ct) => database.Write(
        async work =>
        {
            var left = await work.Scalar<long>("SELECT COUNT(*) FROM cluster_workloads WHERE workspace_id = @id", new { id });
            if (left > 0)
                return left;
            await work.Execute("DELETE FROM workspace_members WHERE workspace_id = @id", new { id });
            await work.Execute("DELETE FROM workspaces WHERE id = @id", new { id });
            await EventLog.Append(work, [ServerEvents.Audit(Subjects.Workspace, id, "workspace.deleted", new { }, now, actor)]);
            return 0;
        },
        ct);

    private static async Task Members(DbWork work, Workspace workspace)
    {
        foreach (var (user, admin) in workspace.Members.Except(workspace.Admins).Select(user => (user, false)).Concat(workspace.Admins.Select(user => (user, true))))
            await work.Execute("INSERT INTO workspace_members (workspace_id, user_id, admin) VALUES (@Id, @user, @admin)", new { workspace.Id, user, admin });
    }

    private static string Write(Workspace workspace) => JsonSerializer.Serialize(workspace.Settings, WorkspaceJson.Default.WorkspaceSettings);

    private static Workspace Read(Row row, IEnumerable<(string WorkspaceId, string UserId, bool Admin)> members)
    {
        var all = members.ToList();
        return new Workspace
        {
            Id = row.Id,
            DisplayName = row.DisplayName,
            ClusterId = row.ClusterId,
            Group = row.GroupName,
            Settings = JsonSerializer.Deserialize(row.Settings, WorkspaceJson.Default.WorkspaceSettings)!,
            CreatedAt = row.CreatedAt,
            Version = row.Version,
            Admins = [.. all.Where(member => member.Admin).Select(member => member.UserId)],
            Members = [.. all.Where(member => !member.Admin).Select(member => member.UserId)],
        };
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string DisplayName { get; init; } = "";
        public string ClusterId { get; init; } = "";
        public string? GroupName { get; init; }
        public string Settings { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public long Version { get; init; }
    }
}
