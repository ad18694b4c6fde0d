namespace Orrery.Scheduling;

/// <summary>Limits of patience, all by the clock that <see cref="ClusterScheduler.Pass"/> is given.</summary>
public sealed record SchedulerOptions
{
    /// <summary>How long a lender's head waits for its own quota before jobs of borrowers are evicted.</summary>
    public TimeSpan ReclaimAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long later jobs may overtake a blocked head whose earliest start nobody knows, because what it waits for has no timeout.
    /// From then on its claim is hard: what it needs drains until it starts. With known ends the claim is exact from the first moment.
    /// </summary>
    public TimeSpan OvertakeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a blocked head yields to jobs of higher priority in other workspaces; then it goes before all of them.</summary>
    public TimeSpan YieldLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many blocked heads, first in order, hold room against other workspaces. Each holds it against its own at any rate.</summary>
    public int Reservations { get; init; } = 16;

    /// <summary>How many requirement shapes get an expected start for one state of the cluster; further ones get none.</summary>
    public int Forecasts { get; init; } = 64;
}
