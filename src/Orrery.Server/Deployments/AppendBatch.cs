using Orrery.Server.Events;
using Orrery.Server.Storage;

namespace Orrery.Server.Deployments;

/// <summary>One transaction of reported events: who may, what is a repeat, what changes status, what is late.</summary>
internal sealed class AppendBatch(DateTimeOffset now)
{
    private readonly Dictionary<string, DeploymentRow> deployments = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), string> keys = [];
    private readonly HashSet<string> touched = new(StringComparer.Ordinal);
    private readonly List<EventRow> rows = [];

    public List<AppendResult> Results { get; } = [];

    public HashSet<string> Workloads { get; } = new(StringComparer.Ordinal);

    public async Task Apply(DbWork work, List<AppendRequest> batch)
    {
        await Load(work, batch);
        foreach (var request in batch)
            Results.Add(Take(request));
        await EventLog.Append(work, rows);
        foreach (var id in touched.Order(StringComparer.Ordinal))
            await Save(work, deployments[id]);
    }

    private async Task Load(DbWork work, List<AppendRequest> batch)
    {
        var ids = batch.Select(request => request.DeploymentId).Distinct(StringComparer.Ordinal).ToArray();
        foreach (var chunk in ids.Chunk(500))
        {
            var found = await work.Query<DeploymentRow>($"SELECT {HotColumns} FROM deployments WHERE id {work.Dialect.In("@chunk")} ORDER BY id{work.ForUpdate}", new { chunk });
            foreach (var row in found)
                deployments[row.Id] = row;
        }
        var keyed = batch
            .Where(request => request.Events.Any(posted => posted.Key is not null))
            .Select(request => request.DeploymentId)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var wanted = batch.SelectMany(request => request.Events).Select(posted => posted.Key).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        foreach (var chunk in wanted.Chunk(500))
        {
            var known = await work.Query<EventRow>(
                $"SELECT id, subject_id, key FROM events WHERE subject_id {work.Dialect.In("@keyed")} AND key {work.Dialect.In("@chunk")}", new { keyed, chunk });
            foreach (var row in known)
                keys[(row.SubjectId, row.Key!)] = row.Id;
        }
    }

    private AppendResult Take(AppendRequest request)
    {
        if (!deployments.TryGetValue(request.DeploymentId, out var deployment) || deployment.AgentRef != request.AgentRef)
            return AppendResult.NotFound;
        var ids = new string[request.Events.Count];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = Take(request, request.Events[i], deployment);
        return new AppendResult(ids, deployment.Status);
    }

    private string Take(AppendRequest request, NewEvent posted, DeploymentRow deployment)
    {
        if (posted.Key is not null && keys.TryGetValue((deployment.Id, posted.Key), out var first))
            return first;
        var id = $"evt-{Guid.CreateVersion7():N}";
        if (posted.Key is not null)
            keys[(deployment.Id, posted.Key)] = id;
        rows.Add(new EventRow
        {
            Stream = deployment.WorkloadId,
            Id = id,
            Subject = Subjects.Deployment,
            SubjectId = deployment.Id,
            Type = posted.Type,
            StepId = posted.StepId,
            JobId = posted.JobId,
            Payload = posted.Payload,
            EventTimestamp = posted.Timestamp.UnixNanoseconds,
            CreatedAt = Microseconds.From(now),
            Actor = request.Actor,
            Late = DeploymentStatus.IsTerminal(deployment.Status),
            Key = posted.Key,
        });
        Workloads.Add(deployment.WorkloadId);
        touched.Add(deployment.Id);
        SideEffects(posted, deployment);
        return id;
    }

    private void SideEffects(NewEvent posted, DeploymentRow deployment)
    {
        if (DeploymentStatus.IsTerminal(deployment.Status))
            return;
        deployment.LastEventAt = now;
        if (EventTypes.EndsStep(posted.Type) && posted.StepId == deployment.LastStep)
            deployment.LastStepDone = true;
        if (!DeploymentStatus.ByEvent.TryMove(deployment.Status, posted.Type, out var next))
            return;
        var ranNot = next == DeploymentStatus.Completed && deployment.HasProgram && !ProgramWord.EndedWell(posted);
        deployment.Status = ranNot ? DeploymentStatus.Failed : next;
        if (!DeploymentStatus.IsTerminal(next))
            return;
        deployment.FinishedAt = now;
        deployment.MissionEnd = posted.Timestamp.ToDateTimeOffset();
        if (deployment.Status == DeploymentStatus.Failed)
            deployment.Error = ranNot ? ProgramWord.NotRun : FailureReason.From(posted);
    }

    private static Task<int> Save(DbWork work, DeploymentRow row) => work.Execute(
        """
        UPDATE deployments SET status = @Status, last_step_done = @LastStepDone, error = @Error, last_event_at = @LastEventAt,
            mission_end = @MissionEnd, finished_at = @FinishedAt, version = version + 1
        WHERE id = @Id
        """,
        row);

    private const string HotColumns =
        "id, workload_id, status, agent_ref, last_step, last_step_done, has_program, error, last_event_at, mission_end, finished_at";
}
