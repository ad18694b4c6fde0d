namespace Orrery.Scheduling;

/// <summary>Codes of <see cref="Explanation.Code"/>.</summary>
public static class ReasonCodes
{
    /// <summary>Its start time has not come.</summary>
    public const string Schedule = "schedule";

    /// <summary>It ran before and its next run has to wait.</summary>
    public const string Backoff = "backoff";

    /// <summary>A job that it depends on has not succeeded yet.</summary>
    public const string Dependencies = "dependencies";

    /// <summary>No node has its labels.</summary>
    public const string Labels = "labels";

    /// <summary>A specified node is missing, takes nothing, is tainted or lacks a label.</summary>
    public const string Nodes = "nodes";

    /// <summary>Not enough room on the nodes now.</summary>
    public const string Resources = "resources";

    /// <summary>Not enough quota now.</summary>
    public const string Quota = "quota";

    /// <summary>It would fit, but would take from one that comes first.</summary>
    public const string Order = "order";

    /// <summary>Neither the nodes nor the quota can ever hold it.</summary>
    public const string Cluster = "cluster";

    /// <summary>It does not wait: it runs.</summary>
    public const string Running = "running";

    /// <summary>There is no such job.</summary>
    public const string Unknown = "unknown";
}
