using Orrery.Kubernetes.Credentials;

namespace Orrery.Kubernetes.Configuration;

/// <summary>A kubeconfig as it is written.</summary>
internal sealed class KubeConfigModel
{
    public string? CurrentContext { get; init; }

    public IReadOnlyDictionary<string, ContextEntry> Contexts { get; init; } = new Dictionary<string, ContextEntry>();

    public IReadOnlyDictionary<string, ClusterEntry> Clusters { get; init; } = new Dictionary<string, ClusterEntry>();

    public IReadOnlyDictionary<string, UserEntry> Users { get; init; } = new Dictionary<string, UserEntry>();

    public static KubeConfigModel Merge(IReadOnlyList<KubeConfigModel> parts) => new()
    {
        CurrentContext = parts.Select(part => part.CurrentContext).FirstOrDefault(name => name is not null),
        Contexts = First(parts.SelectMany(part => part.Contexts)),
        Clusters = First(parts.SelectMany(part => part.Clusters)),
        Users = First(parts.SelectMany(part => part.Users)),
    };

    private static Dictionary<string, T> First<T>(IEnumerable<KeyValuePair<string, T>> entries)
    {
        var merged = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, entry) in entries)
            merged.TryAdd(name, entry);
        return merged;
    }
}

internal sealed class ContextEntry
{
    public required string Cluster { get; init; }

    public string? User { get; init; }

    public string? Namespace { get; init; }
}

internal sealed class ClusterEntry
{
    public required string Server { get; init; }

    public string? CertificateAuthority { get; init; }

    public string? CertificateAuthorityData { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    public string? TlsServerName { get; init; }

    public string? ProxyUrl { get; init; }
}

internal sealed class UserEntry
{
    public string? ClientCertificate { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKey { get; init; }

    public string? ClientKeyData { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public ExecPlugin? Exec { get; init; }

    /// <summary>Members that say who the user is in a way that is not supported.</summary>
    public IReadOnlyList<string> Unsupported { get; init; } = [];
}
