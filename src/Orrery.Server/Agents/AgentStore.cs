using Dapper;
using Orrery.Contracts.Agents;
using Orrery.Server.Events;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;

namespace Orrery.Server.Agents;

/// <summary>Agents as they were last heard of.</summary>
internal sealed class AgentStore(IDatabase database, TimeProvider clock)
{
    /// <summary>Registers, or updates, an agent.</summary>
    public Task<AgentRow> Register(AgentIdentity agent, RegisterRequest request, CancellationToken ct) => database.Write(
        async work =>
        {
            var known = await FindOrAdd(work, agent, request.SatelliteId?.Value);
            var row = known with
            {
                SatelliteId = agent.BoundSatellite ?? request.SatelliteId?.Value ?? known.SatelliteId,
                SatelliteName = request.SatelliteName ?? known.SatelliteName,
                AgentVersion = request.AgentVersion ?? known.AgentVersion,
                OrbitAltitudeKm = request.OrbitAltitudeKm ?? known.OrbitAltitudeKm,
                LastSeen = clock.GetUtcNow(),
            };
            await work.Execute(
                """
                UPDATE agents SET satellite_id = @SatelliteId, satellite_name = @SatelliteName, agent_version = @AgentVersion,
                    orbit_altitude_km = @OrbitAltitudeKm, last_seen = @LastSeen WHERE id = @Id
                """,
                row);
            return row;
        },
        ct);

    public Task Report(AgentIdentity agent, string status, string telemetry, CancellationToken ct) => database.Write(
        async work =>
        {
            var row = await FindOrAdd(work, agent, null);
            return await work.Execute(
                "UPDATE agents SET status = @status, telemetry = @telemetry, last_seen = @now WHERE id = @Id",
                new { status, telemetry, now = clock.GetUtcNow(), row.Id });
        },
        ct);

    /// <summary>The status of what the agent works on, or null.</summary>
    public Task<string?> DeploymentAtWork(AgentIdentity agent, CancellationToken ct) => database.Read(
        db => db.QueryFirstOrDefaultAsync<string>(
            "SELECT status FROM deployments WHERE agent_ref = @Ref ORDER BY dispatched_at DESC LIMIT 1", new { agent.Ref }),
        ct);

    /// <summary>The agent's row; an agent may speak before it ever registered.</summary>
    public async Task<AgentRow> FindOrAdd(DbWork work, AgentIdentity agent, string? satellite)
    {
        var known = await work.Find<AgentRow>(
            "SELECT * FROM agents WHERE owner = @UserId AND agent_id = @AgentId", new { agent.UserId, agent.AgentId });
        if (known is not null)
            return known;
        var now = clock.GetUtcNow();
        var row = new AgentRow
        {
            Id = Ids.New("agt"),
            Owner = agent.UserId,
            AgentId = agent.AgentId,
            Shared = agent.Shared,
            SatelliteId = agent.BoundSatellite ?? satellite ?? SatelliteInName(agent.AgentId),
            Status = "idle",
            LastSeen = now,
            CreatedAt = now,
        };
        var added = await work.Execute(
            """
            INSERT INTO agents (id, owner, agent_id, shared, satellite_id, status, last_seen, created_at)
            VALUES (@Id, @Owner, @AgentId, @Shared, @SatelliteId, @Status, @LastSeen, @CreatedAt)
            ON CONFLICT (owner, agent_id) DO NOTHING
            """,
            row);
        if (added == 0)
            return await FindOrAdd(work, agent, satellite);
        await EventLog.Append(work, [ServerEvents.Agent(row, "agent.seen", now)]);
        return row;
    }

    /// <summary>Flying agents are named after their satellite: <c>sat-25544</c>.</summary>
    private static string? SatelliteInName(string agentId) =>
        agentId.StartsWith("sat-", StringComparison.Ordinal) && int.TryParse(agentId.AsSpan(4), out var number) && number > 0
            ? number.ToString()
            : null;
}
