using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Orrery.Client.Http;

internal static class RetryPipeline
{
    public static ResiliencePipeline<HttpResponseMessage> Create(RetryPolicy policy, TimeProvider clock)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock };
        if (policy.Retries > 0)
            builder.AddRetry(Strategy(policy, clock));
        return builder.AddTimeout(policy.AttemptTimeout).Build();
    }

    private static RetryStrategyOptions<HttpResponseMessage> Strategy(RetryPolicy policy, TimeProvider clock) => new()
    {
        MaxRetryAttempts = policy.Retries,
        Delay = policy.FirstDelay,
        MaxDelay = policy.MaxDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
        {
            { Exception: HttpRequestException or TimeoutRejectedException } => true,
            { Result: { } response } => IsTransient(response.StatusCode) && !(RetryAfter(response, clock) > policy.MaxRetryAfter),
            _ => false,
        }),
        DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result, clock)),
    };

    private static bool IsTransient(HttpStatusCode status) => status is
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan? RetryAfter(HttpResponseMessage? response, TimeProvider clock)
    {
        var header = response?.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
