using System.Net;
using System.Text.Json;
using Orrery.Kubernetes.Http;
using Orrery.Kubernetes.Objects;

namespace Orrery.Kubernetes.Errors;

/// <summary>Makes a typed error of a refusal.</summary>
internal static class ErrorReader
{
    private const int LargestBody = 256 * 1024;

    public static async Task<KubernetesApiException> Read(HttpResponseMessage response, CancellationToken ct)
    {
        var status = await ReadStatus(response, ct);
        return Of(response.StatusCode, status, RetryAfterOf(response, status));
    }

    /// <summary>Of a status that came inside a stream.</summary>
    public static KubernetesApiException Of(Status status) => Of((HttpStatusCode)(status.Code ?? 500), status, Seconds(status));

    public static KubernetesApiException Of(HttpStatusCode code, Status status, TimeSpan? retryAfter) => code switch
    {
        HttpStatusCode.Unauthorized => new KubernetesUnauthorizedException(status),
        HttpStatusCode.Forbidden => new KubernetesForbiddenException(status),
        HttpStatusCode.NotFound => new KubernetesNotFoundException(status),
        HttpStatusCode.Conflict when status.Reason == StatusReasons.AlreadyExists => new KubernetesAlreadyExistsException(status),
        HttpStatusCode.Conflict => new KubernetesConflictException(status),
        HttpStatusCode.Gone => new KubernetesGoneException(status),
        HttpStatusCode.UnprocessableEntity => new KubernetesInvalidException(status),
        HttpStatusCode.TooManyRequests => new KubernetesTooManyRequestsException(status, retryAfter),
        _ => new KubernetesApiException(code, status),
    };

    public static TimeSpan? RetryAfterOf(HttpResponseMessage response, Status? status = null) =>
        response.Headers.RetryAfter?.Delta ?? (status is null ? null : Seconds(status));

    private static TimeSpan? Seconds(Status status) =>
        status.Details?.RetryAfterSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;

    private static async Task<Status> ReadStatus(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            var body = await BoundedBody.Read(response, LargestBody, ct);
            var status = JsonSerializer.Deserialize(body.Span, KubernetesJson.Default.Status);
            if (status is { Kind: Status.TypeName })
                return status;
        }
        catch (Exception e) when (e is JsonException or KubernetesProtocolException or HttpRequestException or IOException)
        {
            // a proxy in between may answer anything: the code is what counts
        }
        return new Status { Code = (int)response.StatusCode };
    }
}
