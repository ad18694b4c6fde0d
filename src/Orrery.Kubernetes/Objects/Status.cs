namespace Orrery.Kubernetes.Objects;

/// <summary>The API server's answer when there is no object to tell.</summary>
public sealed record Status
{
    public const string TypeName = "Status";
    public const string Success = "Success";
    public const string Failure = "Failure";

    public string ApiVersion { get; init; } = "v1";

    public string? Kind { get; init; }

    public ListMeta? Metadata { get; init; }

    /// <summary><see cref="Success"/> or <see cref="Failure"/>.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("status")]
    public string? Outcome { get; init; }

    public string? Message { get; init; }

    public string? Reason { get; init; }

    public StatusDetails? Details { get; init; }

    public int? Code { get; init; }
}

public sealed record StatusDetails
{
    public string? Name { get; init; }

    public string? Group { get; init; }

    public string? Kind { get; init; }

    public string? Uid { get; init; }

    public List<StatusCause>? Causes { get; init; }

    public int? RetryAfterSeconds { get; init; }
}

/// <param name="Reason">Kubernetes' word for it, like <c>FieldValueRequired</c>.</param>
/// <param name="Message">In words.</param>
/// <param name="Field">Like <c>spec.containers[0].name</c>.</param>
public sealed record StatusCause(string? Reason = null, string? Message = null, string? Field = null);

public static class StatusReasons
{
    public const string AlreadyExists = "AlreadyExists";
    public const string Conflict = "Conflict";
    public const string Expired = "Expired";
    public const string FieldManagerConflict = "FieldManagerConflict";
    public const string Forbidden = "Forbidden";
    public const string Invalid = "Invalid";
    public const string NotFound = "NotFound";
    public const string NonZeroExitCode = "NonZeroExitCode";
    public const string ExitCode = "ExitCode";
}
