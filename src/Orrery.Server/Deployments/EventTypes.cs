namespace Orrery.Server.Deployments;

/// <summary>The event types that the control plane acts on, and the form of all others.</summary>
internal static class EventTypes
{
    public const string JobAccepted = "job.accepted";
    public const string JobCompleted = "job.completed";
    public const string JobFailed = "job.failed";
    public const string Failover = "constellation.failover";
    private const int Longest = 64;

    /// <summary>Types that end a step: <c>step.completed</c>, <c>transfer.completed</c>, <c>isl_transfer.completed</c>, …</summary>
    public static bool EndsStep(string type) => type.EndsWith(".completed", StringComparison.Ordinal) && type != JobCompleted;

    public static bool IsTerminal(string type) => type is JobCompleted or JobFailed or Failover;

    /// <summary><c>[a-z_]+(\.[a-z_]+)+</c></summary>
    public static bool IsWellFormed(string type)
    {
        if (type.Length is 0 or > Longest || type[0] == '.' || type[^1] == '.')
            return false;
        var dots = 0;
        for (var i = 0; i < type.Length; i++)
        {
            if (type[i] == '.')
            {
                if (type[i - 1] == '.')
                    return false;
                dots++;
            }
            else if (type[i] is not ((>= 'a' and <= 'z') or '_'))
            {
                return false;
            }
        }
        return dots > 0;
    }
}
