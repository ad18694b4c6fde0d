namespace Orrery.Server.Events;

internal static class Subjects
{
    public const string Workload = "workload";
    public const string Stage = "stage";
    public const string Deployment = "deployment";
    public const string Agent = "agent";
    public const string ClusterWorkload = "cluster_workload";
    public const string Workspace = "workspace";
    public const string Cluster = "cluster";
}
