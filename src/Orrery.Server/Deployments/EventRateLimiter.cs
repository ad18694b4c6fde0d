using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Orrery.Server.Hosting;

namespace Orrery.Server.Deployments;

/// <summary>Bounds the events of one deployment; those that end it are never refused.</summary>
internal sealed class EventRateLimiter(IOptions<AgentOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? limiter = options.Value.EventBurst == 0
        ? null
        : PartitionedRateLimiter.Create<string, string>(deployment => RateLimitPartition.GetTokenBucketLimiter(
            deployment,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Value.EventBurst,
                TokensPerPeriod = options.Value.EventsPerMinute,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1),
            }));

    /// <summary>Zero when the events may pass, else how long to wait.</summary>
    public TimeSpan Take(string deploymentId, IReadOnlyList<NewEvent> events)
    {
        if (limiter is null || events.Any(posted => EventTypes.IsTerminal(posted.Type)))
            return TimeSpan.Zero;
        using var lease = limiter.AttemptAcquire(deploymentId, Math.Min(events.Count, options.Value.EventBurst));
        if (lease.IsAcquired)
            return TimeSpan.Zero;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);
    }

    public void Dispose() => limiter?.Dispose();
}
