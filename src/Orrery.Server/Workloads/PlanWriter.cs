using System.Text.Json;
using Orrery.Planning;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>The history of a workload's plans.</summary>
internal static class PlanWriter
{
    public static async Task Write(DbWork work, string workloadId, int revision, Plan plan, string? because, DateTimeOffset now)
    {
        if (revision > 1)
        {
            await work.Execute(
                "UPDATE plans SET replaced_because = @because WHERE workload_id = @workloadId AND revision = @earlier",
                new { workloadId, earlier = revision - 1, because });
        }
        await work.Execute(
            "INSERT INTO plans (workload_id, revision, fingerprint, body, created_at) VALUES (@workloadId, @revision, @Fingerprint, @body, @now)",
            new { workloadId, revision, plan.Fingerprint, body = JsonSerializer.Serialize(plan, PlanningJson.Default.Plan), now });
    }

    public static Plan Read(PlanRow row) => JsonSerializer.Deserialize(row.Body, PlanningJson.Default.Plan)!;
}
