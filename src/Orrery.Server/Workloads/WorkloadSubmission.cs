using System.Text.Json;
using Microsoft.Extensions.Options;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Server.Errors;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Identity;
using Orrery.Server.Metrics;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Workloads;

/// <summary>Takes a workload in: plan, stages and bookings in one transaction, or nothing.</summary>
internal sealed class WorkloadSubmission(
    IDatabase database, PlanService plans, ProgramEnv env, Signals signals, TimeProvider clock, IOptions<PlanningSettings> settings)
{
    private const int MostTries = 3;

    public async Task<SubmitResponse> Submit(WorkloadRequest request, Principal caller, IdempotencyScope? once, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var planned = await plans.Plan(request, caller, submitting: true, ct);
            CheckVerdict(planned);
            var id = Ids.NewWorkload();
            var response = new SubmitResponse(id, WorkloadPhase.Scheduling, $"/v1/workloads/{id}", planned.Mode);
            if (await database.Write(work => Commit(work, id, planned, caller, response, once), ct))
            {
                OrreryMetrics.WorkloadsSubmitted.Add(1);
                signals.Publish(id);
                return response;
            }
            if (attempt == MostTries)
                throw new ApiException(409, "plan_changed", "The fleet or its bookings changed while this was planned, three times; try again.");
        }
    }

    private static void CheckVerdict(PlannedWorkload planned)
    {
        var (plan, policy) = (planned.Plan, planned.Request.Policy);
        if (!plan.Feasible)
        {
            throw new ApiException(422, "infeasible", string.Join(" ", plan.Reasons.Select(reason => $"{reason.Message} {reason.Remedy}")))
            {
                Details = new { reasons = PlanMapping.View(plan).Reasons },
            };
        }
        if (policy?.ExpectFingerprint is { } expected && expected != plan.Fingerprint)
        {
            throw new ApiException(409, "plan_changed", "The plan is no longer the one that you expect; preview again.")
            {
                Details = new { expected_fingerprint = expected, fingerprint = plan.Fingerprint, makespan_s = plan.MakespanS, cents = (long)plan.Price.Cents },
            };
        }
        if (policy?.MaxCents is { } most && plan.Price.Cents > most)
        {
            throw new ApiException(409, "plan_changed", $"The plan costs {plan.Price.Cents} cents, above policy.max_cents ({most}).")
            {
                Details = new { max_cents = most, cents = (long)plan.Price.Cents },
            };
        }
    }

    private async Task<bool> Commit(
        DbWork work, string id, PlannedWorkload planned, Principal caller, SubmitResponse response, IdempotencyScope? once)
    {
        if (planned.Mode == RunMode.Live && await BookingStore.LockCounter(work) != planned.Counter)
            return false;
        await CheckQuota(work, planned, caller);
        var now = clock.GetUtcNow();
        var row = Row(id, planned, caller, now);
        await work.Execute(InsertWorkload, row);
        foreach (var input in planned.Inputs)
            await Refer(work, id, input);
        foreach (var (key, value) in planned.Request.Labels ?? [])
            await work.Execute("INSERT INTO workload_labels (workload_id, key, value) VALUES (@id, @key, @value)", new { id, key, value });
        await PlanWriter.Write(work, id, 1, planned.Plan, null, now);
        foreach (var stage in planned.Plan.Stages)
            await StageWriter.Insert(work, StageWriter.Of(id, stage));
        if (planned.Mode == RunMode.Live)
            await BookingStore.Take(work, id, planned.Plan.Bookings);
        var actor = $"user:{caller.UserName}";
        await EventLog.Append(work,
        [
            ServerEvents.Workload(id, "workload.submitted", new { name = planned.Request.Name, @class = planned.Class, mode = planned.Mode }, now, actor),
            ServerEvents.Workload(id, "workload.planned", new { revision = 1, stages = planned.Plan.Stages.Count, makespan_s = planned.Plan.MakespanS, fingerprint = planned.Plan.Fingerprint, cents = planned.Plan.Price.Cents }, now),
            ServerEvents.Workload(id, "workload.phase_changed", new { from = WorkloadPhase.Submitted, to = WorkloadPhase.Scheduling, phase = WorkloadPhase.Scheduling }, now),
        ]);
        if (once is not null)
            await once.Store(work, 202, JsonSerializer.Serialize(response, WireJson.Default.SubmitResponse), now);
        return true;
    }

    private static async Task Refer(DbWork work, string id, ProgramFile input)
    {
        var referred = await work.Execute(
            "INSERT INTO program_inputs (workload_id, name, sha256, size_bytes) SELECT @id, @Path, sha256, size_bytes FROM contents WHERE sha256 = @Sha256 AND NOT removing",
            new { id, input.Path, input.Sha256 });
        if (referred == 0)
            throw Refuse.Invalid("program.inputs", $"'{input.Path}' was removed while this was submitted; bring it again");
    }

    private async Task CheckQuota(DbWork work, PlannedWorkload planned, Principal caller)
    {
        var quota = settings.Value.OcuQuotaPerUser;
        if (quota == 0)
            return;
        var stages = await work.Scalar<long>(
            """
            SELECT COUNT(*) FROM stages s JOIN workloads w ON w.id = s.workload_id
            WHERE w.user_id = @UserId AND s.location = 'orbit' AND (s.status = 'done' OR w.phase IN ('submitted', 'scheduling', 'dispatching', 'awaiting_report'))
            """,
            new { caller.UserId });
        var used = stages * settings.Value.OcuPerStage;
        if (used + planned.Plan.Price.Ocu > quota)
        {
            throw new ApiException(429, "quota_exceeded", $"This needs {planned.Plan.Price.Ocu} OCU; {Math.Max(0, quota - used)} of your {quota} are left.")
            {
                Details = new { quota, used, asked = (long)planned.Plan.Price.Ocu },
            };
        }
    }

    private WorkloadRow Row(string id, PlannedWorkload planned, Principal caller, DateTimeOffset now)
    {
        var (body, environment) = env.Seal(id, planned.Request);
        return new WorkloadRow
        {
            Id = id,
            UserId = caller.UserId,
            Name = planned.Request.Name,
            Type = planned.Request.Type,
            Class = planned.Class,
            Mode = planned.Mode,
            Speed = planned.Request.SpeedMultiplier ?? WorkloadLimits.DefaultSpeed,
            Phase = WorkloadPhase.Scheduling,
            Spec = JsonSerializer.Serialize(body, WireJson.Default.WorkloadRequest),
            ProgramEnv = environment,
            StartAt = planned.Spec.StartAt,
            DeadlineAt = planned.Spec.Deadline is { } deadline ? planned.Spec.StartAt + deadline : null,
            MaxAttempts = planned.Request.Policy?.MaxAttempts ?? WorkloadLimits.DefaultAttempts,
            WaitForWindows = planned.Mode == RunMode.Simulated || planned.Request.Policy?.WaitForWindows == true,
            MissionAt = planned.Spec.StartAt,
            CreatedAt = now,
        };
    }

    private const string InsertWorkload =
        """
        INSERT INTO workloads (id, user_id, name, type, class, mode, speed, phase, spec, program_env, start_at, deadline_at, max_attempts, wait_for_windows,
            mission_at, created_at, version, fence)
        VALUES (@Id, @UserId, @Name, @Type, @Class, @Mode, @Speed, @Phase, @Spec, @ProgramEnv, @StartAt, @DeadlineAt, @MaxAttempts, @WaitForWindows,
            @MissionAt, @CreatedAt, 1, 0)
        """;
}
