using System.Collections.Concurrent;
using Orrery.Client.Workloads;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Workloads;

namespace Orrery.Cli.Watching;

/// <summary>What is known of a watched workload: its last answers, and what its events said since.</summary>
internal sealed class WatchState(WorkloadsClient workloads, string id)
{
    private readonly ConcurrentDictionary<string, EventView> lastOfDeployment = [];
    private volatile bool isStale = true;

    public WorkloadView? Workload { get; private set; }

    public IReadOnlyList<StageView> Stages { get; private set; } = [];

    public PlanView? Plan { get; private set; }

    /// <summary>The latest moment that an agent reported: wall time when live, mission time when simulated.</summary>
    public DateTimeOffset? MissionTime { get; private set; }

    public EventView? Last { get; private set; }

    public int EventCount { get; private set; }

    public DateTimeOffset? PlannedEnd => Plan is { Timeline.Count: > 0 } plan ? plan.Timeline.Max(t => t.End) : null;

    public void Apply(EventView happened)
    {
        Last = happened;
        EventCount++;
        if (EventPhrase.IsReported(happened))
        {
            lastOfDeployment[happened.SubjectId] = happened;
            var time = happened.EventTimestamp.ToDateTimeOffset();
            MissionTime = MissionTime > time ? MissionTime : time;
        }
        if (!EventPhrase.IsProgress(happened))
            isStale = true;
    }

    /// <summary>Asks the server again if an event said that something changed.</summary>
    public async Task Refresh(CancellationToken cancellation)
    {
        if (!isStale)
            return;
        isStale = false;
        Workload = await workloads.Get(id, cancellation);
        Stages = (await workloads.Stages(id, cancellation)).Stages;
        Plan = (await workloads.Plan(id, cancellation)).Plan;
    }

    /// <summary>The last that was heard of a stage's running attempt.</summary>
    public EventView? LastOf(StageView stage) =>
        stage.DeploymentId is { } deployment && lastOfDeployment.TryGetValue(deployment, out var happened) ? happened : null;

    public StageView? StageOf(EventView happened) => Stages.FirstOrDefault(s => s.DeploymentId == happened.SubjectId);

    public void MarkStale() => isStale = true;
}
