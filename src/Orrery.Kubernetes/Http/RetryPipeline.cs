using System.Net;
using Orrery.Kubernetes.Credentials;
using Orrery.Kubernetes.Errors;
using Polly;
using Polly.Retry;

namespace Orrery.Kubernetes.Http;

/// <summary>Repeats what may be repeated.</summary>
internal static class RetryPipeline
{
    public static readonly ResiliencePropertyKey<ApiCall> Call = new("orrery.kubernetes.call");

    public static ResiliencePipeline<HttpResponseMessage> Create(KubernetesClientOptions options, ICredential credential)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Clock };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.LongestRetryDelay,
                ShouldHandle = args => ValueTask.FromResult(MayRepeat(args, credential)),
                DelayGenerator = args => ValueTask.FromResult(Delay(args.Outcome, options)),
                OnRetry = args =>
                {
                    args.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            });
        }
        return builder.Build();
    }

    private static bool MayRepeat(RetryPredicateArguments<HttpResponseMessage> args, ICredential credential)
    {
        var call = args.Context.Properties.GetValue(Call, null!);
        if (args.Outcome.Exception is { } error)
            return MayRepeat(error, call.MayRepeat);
        return args.Outcome.Result?.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => true, // the server did nothing
            HttpStatusCode.Unauthorized => args.AttemptNumber == 0 && credential.Renew(),
            HttpStatusCode.InternalServerError => call.MayRepeat && ErrorReader.RetryAfterOf(args.Outcome.Result) is not null,
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => call.MayRepeat,
            _ => false,
        };
    }

    private static bool MayRepeat(Exception error, bool isRepeatable) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError } => true, // nothing was sent
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => false, // it will not be trusted the next time either
        HttpRequestException or TimeoutException or IOException => isRepeatable,
        _ => false,
    };

    /// <returns>Null: the usual backoff.</returns>
    private static TimeSpan? Delay(Outcome<HttpResponseMessage> outcome, KubernetesClientOptions options)
    {
        if (outcome.Result is not { } response || ErrorReader.RetryAfterOf(response) is not { } asked)
            return null;
        return asked < options.LongestRetryDelay ? asked : options.LongestRetryDelay;
    }
}
