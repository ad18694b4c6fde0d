using System.Text.Json;
using Microsoft.Extensions.Options;
using Orrery.Contracts.Json;
using Orrery.Server.Deployments;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Metrics;
using Orrery.Server.Storage;
using Orrery.Server.Workloads;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Agents;

/// <summary>What an agent gets when it asks for work, and what its asking tells about the work it had.</summary>
internal sealed class WorkPoll(
    IDatabase database, AgentStore agents, ProgramEnv env, Signals signals, TimeProvider clock, IOptions<AgentOptions> options)
{
    private static readonly TimeSpan SeenResolution = TimeSpan.FromSeconds(1);

    /// <returns>The answer's JSON, or null: nothing to do.</returns>
    public async Task<string?> Next(AgentIdentity agent, CancellationToken ct)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var work = await database.Write(unit => Next(unit, agent, changed), ct);
        foreach (var workload in changed)
            signals.Publish(workload);
        return work;
    }

    private async Task<string?> Next(DbWork work, AgentIdentity agent, HashSet<string> changed)
    {
        changed.Clear();
        var now = clock.GetUtcNow();
        var row = await agents.FindOrAdd(work, agent, null);
        if (now - row.LastSeen >= SeenResolution)
            await work.Execute("UPDATE agents SET last_seen = @now WHERE id = @Id", new { now, row.Id });
        foreach (var held in await work.Query<DeploymentRow>(
            $"SELECT * FROM deployments WHERE agent_ref = @Ref AND status IN ('dispatched', 'running') ORDER BY dispatched_at{work.ForUpdate}",
            new { agent.Ref }))
        {
            changed.Add(held.WorkloadId);
            if (await Settle(work, held, agent, now) is { } again)
                return again;
        }
        return await Take(work, agent, row.SatelliteId, now, changed);
    }

    /// <summary>Agents do not ask while they work: what this one held is either not begun, and offered again, or over.</summary>
    private async Task<string?> Settle(DbWork work, DeploymentRow held, AgentIdentity agent, DateTimeOffset now)
    {
        if (held.Status == DeploymentStatus.Dispatched && held.LastEventAt is null)
        {
            if (held.Offers < options.Value.MostOffers)
            {
                await work.Execute("UPDATE deployments SET offers = offers + 1, version = version + 1 WHERE id = @Id", new { held.Id });
                return await Offer(work, held);
            }
            await DeploymentChange.Fail(work, held, "not_taken", now, agent.AgentId);
            return null;
        }
        if (held.LastStepDone && !held.HasProgram)
            await DeploymentChange.Complete(work, held, now, agent.AgentId);
        else
            await DeploymentChange.Fail(work, held, "report_lost", now, agent.AgentId);
        return null;
    }

    private async Task<string?> Take(DbWork work, AgentIdentity agent, string? satellite, DateTimeOffset now, HashSet<string> changed)
    {
        if (satellite is null)
            return null;
        var skipLocked = work.Dialect == SqlDialect.Postgres ? " FOR UPDATE SKIP LOCKED" : "";
        var next = await work.Find<DeploymentRow>(
            $"""
             SELECT * FROM deployments
             WHERE status = 'pending' AND mode = 'live' AND satellite_id = @satellite AND (user_id = @UserId OR (@Shared AND shared_satellite))
             ORDER BY created_at, id LIMIT 1{skipLocked}
             """,
            new { satellite, agent.UserId, agent.Shared });
        if (next is null)
            return null;
        await DeploymentChange.Dispatch(work, next, agent.Ref, agent.AgentId, now);
        changed.Add(next.WorkloadId);
        OrreryMetrics.DeploymentsDispatched.Add(1);
        return await Offer(work, next);
    }

    private async Task<string> Offer(DbWork work, DeploymentRow row)
    {
        if (!row.HasProgram || await work.Find<WorkloadRow>("SELECT id, spec, program_env FROM workloads WHERE id = @WorkloadId", new { row.WorkloadId }) is not { } workload)
            return row.Work;
        var answer = JsonSerializer.Deserialize(row.Work, WireJson.Default.AgentWork)!;
        answer = answer with { PlanData = answer.PlanData with { Program = env.Complete(workload, answer.PlanData.Program!) } };
        return JsonSerializer.Serialize(answer, WireJson.Default.AgentWork);
    }
}
