using System.Text.Json.Serialization;

namespace Orrery.Kubernetes.Credentials;

/// <summary>What a plugin is told in KUBERNETES_EXEC_INFO and what it prints.</summary>
internal sealed class ExecCredentialMessage
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public ExecCredentialSpec? Spec { get; init; }

    public ExecCredentialStatus? Status { get; init; }
}

internal sealed class ExecCredentialSpec
{
    public bool Interactive { get; init; }

    public ExecClusterInfo? Cluster { get; init; }
}

internal sealed class ExecClusterInfo
{
    public required string Server { get; init; }

    [JsonPropertyName("tls-server-name")]
    public string? TlsServerName { get; init; }

    [JsonPropertyName("insecure-skip-tls-verify")]
    public bool InsecureSkipTlsVerify { get; init; }

    [JsonPropertyName("certificate-authority-data")]
    public byte[]? CertificateAuthorityData { get; init; }
}

internal sealed class ExecCredentialStatus
{
    public DateTimeOffset? ExpirationTimestamp { get; init; }

    public string? Token { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKeyData { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExecCredentialMessage))]
internal sealed partial class ExecJson : JsonSerializerContext;
