using Orrery.Kubernetes.Credentials;

namespace Orrery.Kubernetes;

/// <summary>The identity of a pod: its service account.</summary>
public static class InClusterConfig
{
    private const string UsualFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string HostVariable = "KUBERNETES_SERVICE_HOST";
    private const string PortVariable = "KUBERNETES_SERVICE_PORT";

    /// <summary>This process runs in a pod that has one.</summary>
    public static bool IsPresent => Environment.GetEnvironmentVariable(HostVariable) is { Length: > 0 } && File.Exists(Path.Combine(UsualFolder, "token"));

    /// <exception cref="KubernetesConfigurationException">There is none, or it cannot be read.</exception>
    public static KubernetesConnection Load(TimeProvider? clock = null) => Load(
        Environment.GetEnvironmentVariable(HostVariable), Environment.GetEnvironmentVariable(PortVariable), UsualFolder, clock ?? TimeProvider.System);

    internal static KubernetesConnection Load(string? host, string? port, string folder, TimeProvider clock)
    {
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
            throw new KubernetesConfigurationException($"Not in a cluster: {HostVariable} and {PortVariable} are not set.");
        var address = host.Contains(':') ? $"[{host}]" : host; // IPv6
        if (!Uri.TryCreate($"https://{address}:{port}", UriKind.Absolute, out var server))
            throw new KubernetesConfigurationException($"{HostVariable} and {PortVariable} are not an address.");
        return new KubernetesConnection(server, new TokenFileCredential(Path.Combine(folder, "token"), certificate: null, clock))
        {
            Namespace = Read(folder, "namespace").Trim(),
            CertificateAuthorities = Pem.Authorities(Read(folder, "ca.crt"), "of the service account"),
        };
    }

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesConfigurationException($"The service account's {file} cannot be read.", e);
        }
    }
}
