using Orrery.Planning;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>Stages of a plan as rows.</summary>
internal static class StageWriter
{
    public static StageRow Of(string workloadId, PlannedStage stage) => new()
    {
        WorkloadId = workloadId,
        Idx = stage.Index,
        Round = stage.Round,
        Role = stage.Role,
        Location = stage.Location == StageLocation.Ground ? "ground" : "orbit",
        Inputs = NumberList.Write(stage.Inputs),
        SatelliteId = stage.SatelliteId?.ToString(),
        SatelliteName = stage.SatelliteName,
        Status = StageStatus.Pending,
        PlannedStart = stage.Start,
        PlannedEnd = stage.End,
    };

    public static Task<int> Insert(DbWork work, StageRow row) => work.Execute(
        """
        INSERT INTO stages (workload_id, idx, round, role, location, inputs, satellite_id, satellite_name, status, attempt, avoid, planned_start, planned_end)
        VALUES (@WorkloadId, @Idx, @Round, @Role, @Location, @Inputs, @SatelliteId, @SatelliteName, @Status, @Attempt, @Avoid, @PlannedStart, @PlannedEnd)
        """,
        row);

    public static Task<int> Update(DbWork work, StageRow row) => work.Execute(
        """
        UPDATE stages SET satellite_id = @SatelliteId, satellite_name = @SatelliteName, status = @Status, attempt = @Attempt,
            deployment_id = @DeploymentId, cluster_workload_id = @ClusterWorkloadId, avoid = @Avoid, reason = @Reason, error = @Error, planned_start = @PlannedStart,
            planned_end = @PlannedEnd, started_at = @StartedAt, finished_at = @FinishedAt, mission_end = @MissionEnd
        WHERE workload_id = @WorkloadId AND idx = @Idx
        """,
        row);
}
