namespace Orrery.Node.Pods;

/// <summary>Where a pod stands; kept on disk.</summary>
internal sealed class PodState
{
    public required string PodId { get; set; }

    public required int Run { get; set; }

    public required int Rank { get; set; }

    public required string NodeName { get; set; }

    public string Ip { get; set; } = "";

    public PodStage Stage { get; set; }

    /// <summary>Its folder and its address are given back.</summary>
    public bool IsDiscarded { get; set; }

    /// <summary>Running, and its readiness probe passes when it has one.</summary>
    public bool IsReady { get; set; }

    /// <summary>The number of the container: counts every launch from 1; 0 before the first.</summary>
    public int Container { get; set; }

    public int Restarts { get; set; }

    /// <summary>Restarts since the pod last ran for long: the backoff's exponent.</summary>
    public int Failures { get; set; }

    public DateTimeOffset? LaunchTime { get; set; }

    /// <summary>Of its first container.</summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Of the present container; null before it runs.</summary>
    public DateTimeOffset? ContainerStart { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    /// <summary>In backoff: when it starts again.</summary>
    public DateTimeOffset? NextStart { get; set; }

    /// <summary>Why the pod is being ended; null while it is wanted.</summary>
    public PodStop? Stop { get; set; }

    public int? ExitCode { get; set; }

    public string Reason { get; set; } = "";

    public string Message { get; set; } = "";
}

internal enum PodStage
{
    /// <summary>Not launched yet, or to be launched again at <see cref="PodState.NextStart"/>.</summary>
    Waiting,

    /// <summary>Launched; its processes may live.</summary>
    Live,

    /// <summary>No process is left and none will come.</summary>
    Succeeded,

    /// <summary>The same, after a failure.</summary>
    Failed,
}

/// <summary>An end that was decided.</summary>
internal sealed class PodStop
{
    /// <summary>As told in the pod's status: Stopped, Unhealthy, Hung, Evicted.</summary>
    public required string Reason { get; set; }

    public string Message { get; set; } = "";

    /// <summary>The pod stays and starts again (a service's liveness failed).</summary>
    public bool Restarts { get; set; }

    /// <summary>The pod disappears afterwards (scaled down, replaced).</summary>
    public bool Vanishes { get; set; }

    /// <summary>Until then open connections may finish.</summary>
    public DateTimeOffset DrainUntil { get; set; }

    /// <summary>When SIGTERM was sent; null before.</summary>
    public DateTimeOffset? TermAt { get; set; }
}
