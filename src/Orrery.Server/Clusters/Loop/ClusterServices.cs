using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Events;

namespace Orrery.Server.Clusters.Loop;

/// <summary>What every cluster's loop shares.</summary>
internal sealed record ClusterServices(
    ClusterStore Store, WorkspaceDirectory Workspaces, DependencyReader Dependencies, CronFiring Cron, Signals Signals, TimeProvider Clock);
