using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orrery.Agent.Satellites;
using Orrery.Agent.Stages;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;
using Orrery.Orbits;
using Orrery.Server.Deployments;
using Orrery.Server.Events;
using Orrery.Server.Fleet;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Workloads;

/// <summary>Simulated satellites: the agent's own stage runner, hosted here, one universe a workload on its mission clock.</summary>
internal sealed partial class SimulatedFleet(
    IDatabase database, EventAppender appender, EventQueries events, FleetView fleet, SimulatedPrograms programs, Signals signals, TimeProvider clock, ILogger<SimulatedFleet> logger)
    : IEventReporter, IAsyncDisposable
{
    private const string AgentRef = "orrery/simulated";
    private readonly ConcurrentDictionary<string, Universe> universes = new(StringComparer.Ordinal);

    /// <summary>Starts, or after a restart resumes, what a simulated workload has dispatched.</summary>
    public void Run(WorkloadState state)
    {
        var universe = universes.GetOrAdd(
            state.Workload.Id, _ => new Universe(new MissionClock(clock, state.Workload.Speed, state.Workload.MissionAt), new CancellationTokenSource()));
        universe.Clock.AdvanceTo(state.Workload.MissionAt);
        foreach (var deployment in state.Deployments.Values.Where(row => !DeploymentStatus.IsTerminal(row.Status) && row.SatelliteId != StageWorkBuilder.GroundPlace))
            _ = universe.Running.GetOrAdd(deployment.Id, _ => Task.Run(() => Execute(universe, deployment, Ready(state, deployment)), CancellationToken.None));
    }

    /// <summary>The workload ended, or is another replica's now.</summary>
    public void Stop(string workloadId)
    {
        if (universes.TryRemove(workloadId, out var universe))
            universe.Stop.Cancel();
    }

    public async Task Report(string deploymentId, EventPost post, CancellationToken ct)
    {
        var posted = new NewEvent(
            post.Type!, post.Timestamp!.Value, post.JobId, post.StepId, post.Payload is { } payload ? payload.GetRawText() : "{}", post.Key);
        await appender.Append(new AppendRequest(deploymentId, AgentRef, "simulated", [posted]), ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (id, universe) in universes)
        {
            Stop(id);
            await Task.WhenAll(universe.Running.Values);
        }
    }

    /// <summary>When what a stage needs was there, on the mission's clock.</summary>
    private static DateTimeOffset Ready(WorkloadState state, DeploymentRow deployment)
    {
        var stage = state.Stages.First(one => one.Idx == deployment.Stage);
        var inputs = stage.InputStages.ToHashSet();
        var ready = state.Stages.Where(one => inputs.Contains(one.Idx)).Max(one => one.MissionEnd) ?? state.Workload.StartAt;
        return stage.Attempt > 1 && stage.PlannedStart > ready ? stage.PlannedStart : ready;
    }

    /// <summary>One state a satellite in each universe; null when its elements are gone from the fleet.</summary>
    private async Task<SatelliteState?> Satellite(Universe universe, DeploymentRow deployment, CancellationToken ct) =>
        await fleet.Find(deployment.UserId, deployment.SatelliteId, ct) is { } member
            ? universe.Satellites.GetOrAdd(
                member.Id, _ => new SatelliteState(new Sgp4Propagator(member.Elements), fleet.Configuration.BusClass(member.BusClass), fleet.Configuration.SouthAtlanticAnomaly))
            : null;

    private async Task Execute(Universe universe, DeploymentRow deployment, DateTimeOffset ready)
    {
        try
        {
            if (deployment.Status == DeploymentStatus.Pending)
            {
                await database.Write(
                    work => DeploymentChange.Dispatch(work, deployment, AgentRef, $"simulated-{deployment.SatelliteId}", clock.GetUtcNow()), universe.Stop.Token);
                signals.Publish(deployment.WorkloadId);
            }
            var work = JsonSerializer.Deserialize(deployment.Work, WireJson.Default.AgentWork)!;
            if (work.PlanData.Program is not null)
                await programs.Begin(work, universe.Stop.Token);
            var (keys, last) = await events.Position(deployment.Id, universe.Stop.Token);
            var satellite = await Satellite(universe, deployment, universe.Stop.Token);
            await new StageRunner(this, satellite, programs, clock).Run(work, universe.Clock.Worker(last > ready ? last.Value : ready), RunPosition.After(keys), universe.Stop.Token);
        }
        catch (OperationCanceledException)
        {
            Log.Stopped(logger, deployment.Id);
        }
        catch (Exception error)
        {
            Log.Interrupted(logger, deployment.Id, error);
            universe.Running.TryRemove(deployment.Id, out _); // the next look at the workload resumes it
        }
    }

    private sealed record Universe(MissionClock Clock, CancellationTokenSource Stop)
    {
        public ConcurrentDictionary<string, Task> Running { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, SatelliteState> Satellites { get; } = new(StringComparer.Ordinal);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "Simulated deployment {Deployment} stopped.")]
        public static partial void Stopped(ILogger logger, string deployment);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Simulated deployment {Deployment} was interrupted; it will be resumed.")]
        public static partial void Interrupted(ILogger logger, string deployment, Exception error);
    }
}
