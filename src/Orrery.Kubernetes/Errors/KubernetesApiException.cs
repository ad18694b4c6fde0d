using System.Net;
using Orrery.Kubernetes.Objects;

namespace Orrery.Kubernetes;

/// <summary>The API server refused.</summary>
public class KubernetesApiException(HttpStatusCode code, Status status) : KubernetesException(Tell(code, status))
{
    public HttpStatusCode Code => code;

    /// <summary>Kubernetes' own word, like <c>NotFound</c>; "" when the answer had none.</summary>
    public string Reason => status.Reason ?? "";

    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<StatusCause> Causes => status.Details?.Causes ?? [];

    private static string Tell(HttpStatusCode code, Status status) =>
        status.Message is { Length: > 0 } message ? message : $"The API server answered {(int)code} {status.Reason ?? code.ToString()}";
}

/// <summary>401: the credentials are not, or no longer, good.</summary>
public sealed class KubernetesUnauthorizedException(Status status) : KubernetesApiException(HttpStatusCode.Unauthorized, status);

/// <summary>403: not allowed by authorization, by quota or by an admission rule.</summary>
public sealed class KubernetesForbiddenException(Status status) : KubernetesApiException(HttpStatusCode.Forbidden, status);

/// <summary>404: there is no such object, or no such resource.</summary>
public sealed class KubernetesNotFoundException(Status status) : KubernetesApiException(HttpStatusCode.NotFound, status);

/// <summary>409: the object has changed, a precondition failed, or another manager owns a field (see <see cref="KubernetesApiException.Causes"/>).</summary>
public sealed class KubernetesConflictException(Status status) : KubernetesApiException(HttpStatusCode.Conflict, status);

/// <summary>409: an object of that name is there.</summary>
public sealed class KubernetesAlreadyExistsException(Status status) : KubernetesApiException(HttpStatusCode.Conflict, status);

/// <summary>410: the resource version or the continue token is too old; list again.</summary>
public sealed class KubernetesGoneException(Status status) : KubernetesApiException(HttpStatusCode.Gone, status);

/// <summary>422: the object is not valid; <see cref="KubernetesApiException.Causes"/> name the fields.</summary>
public sealed class KubernetesInvalidException(Status status) : KubernetesApiException(HttpStatusCode.UnprocessableEntity, status);

/// <summary>429: the server is busy, also after all retries.</summary>
public sealed class KubernetesTooManyRequestsException(Status status, TimeSpan? retryAfter) : KubernetesApiException(HttpStatusCode.TooManyRequests, status)
{
    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter => retryAfter;
}
