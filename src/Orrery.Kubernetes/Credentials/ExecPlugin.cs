namespace Orrery.Kubernetes.Credentials;

/// <summary>A program that prints credentials, as a kubeconfig names it.</summary>
internal sealed class ExecPlugin
{
    public required string ApiVersion { get; init; }

    public required string Command { get; init; }

    public IReadOnlyList<string> Args { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Env { get; init; } = [];

    public bool ProvideClusterInfo { get; init; }
}

/// <summary>What a plugin is told of the cluster when it wants to know.</summary>
internal sealed record ExecCluster(string Server, string? TlsServerName, bool InsecureSkipTlsVerify, byte[]? CertificateAuthorityData);
