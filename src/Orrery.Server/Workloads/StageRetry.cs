using System.Text.Json;
using Microsoft.Extensions.Options;
using Orrery.Contracts.Json;
using Orrery.Planning;
using Orrery.Server.Deployments;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Metrics;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>After a failed attempt: what is finished stays, the rest is planned again, elsewhere when it can.</summary>
internal sealed class StageRetry(IDatabase database, WorkloadStore store, PlanService plans, IOptions<AgentOptions> options)
{
    /// <summary>Reasons that speak against the satellite as a whole, not only against this stage on it.</summary>
    private static readonly HashSet<string> AgentGone = ["agent_silent", "agent_lost", "not_taken"];

    public async Task<bool> Retry(WorkloadState state, StageRow stage, DeploymentRow failed, DateTimeOffset now, CancellationToken ct)
    {
        var why = failed.Error ?? "failed";
        if (stage.Attempt >= state.Workload.MaxAttempts)
            return await GiveUp(state, stage, "stage_failed", $"Stage {stage.Idx} failed {stage.Attempt} times, last on {Place(failed.SatelliteId)}: {why}.", now, ct);
        var avoiding = stage with { Avoid = NumberList.Write(stage.AvoidSatellites.Concat(Number(failed.SatelliteId))) };
        var plan = await PlanElsewhere(state, avoiding, failed, now, ct);
        if (!plan.Feasible)
        {
            var code = plan.Reasons.Any(reason => reason.Code == ReasonCodes.DeadlineExceeded) ? "timed_out" : "infeasible";
            return await GiveUp(state, stage, code, $"Stage {stage.Idx} failed ({why}) and cannot be planned again: {string.Join(" ", plan.Reasons.Select(reason => reason.Message))}", now, ct);
        }
        OrreryMetrics.StagesRetried.Add(1);
        return await database.Write(work => Commit(work, state, avoiding, plan, why, now), ct);
    }

    private async Task<Plan> PlanElsewhere(WorkloadState state, StageRow stage, DeploymentRow failed, DateTimeOffset now, CancellationToken ct)
    {
        var workload = state.Workload;
        var request = JsonSerializer.Deserialize(workload.Spec, WireJson.Default.WorkloadRequest)!;
        var earliest = workload.IsSimulated ? Later(workload.MissionAt, failed.MissionEnd) : now;
        var input = new PlanningInput
        {
            Spec = PlanService.Spec(request, workload.Class, workload.StartAt),
            Fleet = plans.EmptyFleet,
            Previous = PlanWriter.Read(state.Plan),
            NotBefore = earliest,
            Finished =
            [
                .. state.Stages.Where(one => one.Status == StageStatus.Done).Select(one => new FinishedStage(one.Idx, one.SatelliteId, one.MissionEnd ?? now)),
                .. state.Stages.Where(one => IsUnderWay(one, stage)).Select(one => new FinishedStage(one.Idx, one.SatelliteId, Later(one.PlannedEnd, earliest))),
            ],
            AvoidByStage = state.Stages.ToDictionary(one => one.Idx, one => (IReadOnlySet<int>)(one.Idx == stage.Idx ? stage : one).AvoidSatellites.ToHashSet()),
            AvoidSatellites = await Gone(state, now, ct),
        };
        var elsewhere = await plans.PlanAgain(request, workload, input, ct);
        if (elsewhere.Feasible)
            return elsewhere;
        var anywhere = input with { AvoidByStage = new Dictionary<int, IReadOnlySet<int>>() };
        var again = await plans.PlanAgain(request, workload, anywhere, ct);
        return again.Feasible ? again : await plans.PlanAgain(request, workload, anywhere with { AvoidSatellites = new HashSet<int>() }, ct);
    }

    private async Task<IReadOnlySet<int>> Gone(WorkloadState state, DateTimeOffset now, CancellationToken ct)
    {
        var gone = state.Deployments.Values
            .Where(row => row.Status == DeploymentStatus.Failed && row.Error is { } error && AgentGone.Contains(error))
            .SelectMany(row => Number(row.SatelliteId))
            .ToHashSet();
        if (state.Workload.IsSimulated)
            return gone;
        var oldest = now - TimeSpan.FromSeconds(options.Value.LostAfterS);
        var seen = await store.AgentsSeen(state.Workload.UserId, ct);
        gone.UnionWith(seen.Where(agent => agent.Value < oldest).SelectMany(agent => Number(agent.Key)));
        return gone;
    }

    private static async Task<bool> Commit(DbWork work, WorkloadState state, StageRow retried, Plan plan, string why, DateTimeOffset now)
    {
        var workload = state.Workload;
        if (!workload.IsSimulated)
            await BookingStore.LockCounter(work);
        if (!await WorkloadChange.Claim(work, workload, workload.MissionAt))
            return true;
        var revision = state.Plan.Revision + 1;
        var because = $"Stage {retried.Idx} failed on {Place(retried.SatelliteId)}: {why}.";
        await PlanWriter.Write(work, workload.Id, revision, plan, because, now);
        foreach (var row in state.Stages.Where(row => row.Status != StageStatus.Done && !IsUnderWay(row, retried)))
            await StageWriter.Update(work, Replanned(row, retried, plan, why));
        if (!workload.IsSimulated)
        {
            await BookingStore.Release(work, workload.Id);
            await BookingStore.Take(work, workload.Id, plan.Bookings);
        }
        var moved = plan.Stages.First(stage => stage.Index == retried.Idx);
        await EventLog.Append(work,
        [
            ServerEvents.Stage(workload.Id, retried.Idx, "stage.retried", new { stage = retried.Idx, attempt = retried.Attempt, failed_on = retried.SatelliteId, next = moved.SatelliteId?.ToString(), reason = why }, now),
            ServerEvents.Workload(workload.Id, "workload.replanned", new { revision, because, makespan_s = plan.MakespanS, fingerprint = plan.Fingerprint }, now),
        ]);
        return true;
    }

    private static StageRow Replanned(StageRow row, StageRow retried, Plan plan, string why)
    {
        var planned = plan.Stages.First(stage => stage.Index == row.Idx);
        var fresh = row with
        {
            SatelliteId = planned.SatelliteId?.ToString(),
            SatelliteName = planned.SatelliteName,
            PlannedStart = planned.Start,
            PlannedEnd = planned.End,
        };
        return row.Idx != retried.Idx
            ? fresh
            : fresh with { Status = StageStatus.Pending, DeploymentId = null, ClusterWorkloadId = null, Avoid = retried.Avoid, Error = why, StartedAt = null, Reason = null };
    }

    private Task<bool> GiveUp(WorkloadState state, StageRow stage, string code, string message, DateTimeOffset now, CancellationToken ct) => database.Write(
        async work =>
        {
            await StageWriter.Update(work, stage with { Status = StageStatus.Failed, Error = message, FinishedAt = now });
            var trigger = code == "timed_out" ? WorkloadTrigger.DeadlinePassed : WorkloadTrigger.GaveUp;
            return await WorkloadEnding.End(work, state.Workload, trigger, code, message, now)
                ? true
                : throw new InvalidOperationException("The workload changed while it was given up; it will be looked at again.");
        },
        ct);

    /// <summary>Another stage that an agent has, or is offered: it goes on where it is, and for the new plan ends as it was planned.</summary>
    private static bool IsUnderWay(StageRow row, StageRow retried) =>
        row.Idx != retried.Idx && row.DeploymentId is not null && !StageStatus.IsTerminal(row.Status);

    private static string Place(string? satellite) => satellite is null or StageWorkBuilder.GroundPlace ? "the ground" : $"satellite {satellite}";

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b is { } other && other > a ? other : a;

    private static IEnumerable<int> Number(string satellite) => int.TryParse(satellite, out var number) ? [number] : [];
}
