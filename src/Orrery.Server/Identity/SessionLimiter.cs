using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Orrery.Server.Errors;

namespace Orrery.Server.Identity;

/// <summary>Bounds how fast an address may try keys.</summary>
internal sealed class SessionLimiter : IDisposable
{
    private const int Burst = 10;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetTokenBucketLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = Burst, ReplenishmentPeriod = Period }));

    public void Take(HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http);
        if (!lease.IsAcquired)
            throw Refuse.RateLimited(Period);
    }

    public void Dispose() => limiter.Dispose();
}
