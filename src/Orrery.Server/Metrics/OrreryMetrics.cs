using System.Diagnostics.Metrics;

namespace Orrery.Server.Metrics;

/// <summary>What the control plane counts.</summary>
internal static class OrreryMetrics
{
    public static readonly Meter Meter = new("Orrery");

    public static readonly Counter<long> EventsAppended = Meter.CreateCounter<long>("orrery_events_appended_total", description: "Events on disk.");

    public static readonly Counter<long> WorkloadsSubmitted =
        Meter.CreateCounter<long>("orrery_workloads_submitted_total", description: "Orbital workloads accepted.");

    public static readonly Counter<long> WorkloadsEnded =
        Meter.CreateCounter<long>("orrery_workloads_ended_total", description: "Orbital workloads that ended, by phase.");

    public static readonly Counter<long> DeploymentsDispatched =
        Meter.CreateCounter<long>("orrery_deployments_dispatched_total", description: "Deployments given to agents.");

    public static readonly Counter<long> StagesRetried =
        Meter.CreateCounter<long>("orrery_stages_retried_total", description: "Attempts that failed and were tried again.");

    public static readonly Histogram<double> PlanSeconds =
        Meter.CreateHistogram<double>("orrery_plan_seconds", "s", "Time to plan a workload.");
}
