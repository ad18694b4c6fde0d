using System.Data.Common;
using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Store;

/// <summary>Inserts new workloads with one prepared statement; a taken id is told, not an error.</summary>
internal static class WorkloadInsert
{
    private static readonly (string Column, Func<ClusterWorkloadRow, object?> Value)[] Columns =
    [
        ("id", row => row.Id), ("uid", row => row.Uid), ("workspace_id", row => row.WorkspaceId), ("cluster_id", row => row.ClusterId),
        ("user_id", row => row.UserId), ("user_name", row => row.UserName), ("display_name", row => row.DisplayName),
        ("description", row => row.Description), ("kind", row => row.Kind), ("priority", row => (long)row.Priority),
        ("replicas", row => (long)row.Replicas), ("phase", row => row.Phase), ("message", row => row.Message), ("spec", row => row.Spec),
        ("env", row => row.Env), ("timeout_s", row => row.TimeoutS), ("created_at", row => Microseconds.From(row.CreatedAt)),
        ("ran_us", _ => 0L), ("run", _ => 0L), ("failed_runs", _ => 0L), ("held", row => row.Held), ("rollout", _ => false),
        ("not_before", row => row.NotBefore is { } time ? Microseconds.From(time) : null), ("parent_id", row => row.ParentId), ("cron", row => row.Cron), ("orbital_id", row => row.OrbitalId), ("deployment_id", row => row.DeploymentId),
        ("has_dependencies", row => row.HasDependencies),
        ("conditions", row => row.Conditions), ("version", row => row.Version),
    ];

    private static readonly string Sql =
        $"INSERT INTO cluster_workloads ({string.Join(", ", Columns.Select(column => column.Column))}) " +
        $"VALUES ({string.Join(", ", Columns.Select((_, i) => "@p" + i))}) ON CONFLICT (id) DO NOTHING";

    /// <returns>For each row whether it was inserted; false: its id is taken.</returns>
    public static async Task<bool[]> Insert(DbWork work, IReadOnlyList<ClusterWorkloadRow> rows)
    {
        await using var command = work.Connection.CreateCommand();
        command.Transaction = work.Transaction;
        command.CommandText = Sql;
        for (var i = 0; i < Columns.Length; i++)
            command.Parameters.Add(Parameter(command, "@p" + i));
        var inserted = new bool[rows.Count];
        for (var index = 0; index < rows.Count; index++)
        {
            for (var i = 0; i < Columns.Length; i++)
                command.Parameters[i].Value = Columns[i].Value(rows[index]) ?? DBNull.Value;
            inserted[index] = await command.ExecuteNonQueryAsync() == 1;
        }
        return inserted;
    }

    private static DbParameter Parameter(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        return parameter;
    }
}
