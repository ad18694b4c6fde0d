namespace Orrery.Kubernetes.Configuration;

/// <summary>What a kubeconfig of a user may not hold: nothing in it makes the server run, read or trust what it should not.</summary>
internal static class InlineRules
{
    /// <exception cref="KubernetesConfigurationException">Names each member that is refused.</exception>
    public static void Check(ContextEntry context, ClusterEntry cluster, UserEntry user)
    {
        var refused = Refused(cluster, user).ToList();
        if (refused.Count > 0)
            throw new KubernetesConfigurationException($"A kubeconfig sent here may hold inline data and tokens for an https server only; refused in cluster '{context.Cluster}' and user '{context.User}': {string.Join(", ", refused)}.");
    }

    private static IEnumerable<string> Refused(ClusterEntry cluster, UserEntry user)
    {
        if (!cluster.Server.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            yield return "server (must be https)";
        if (cluster.InsecureSkipTlsVerify)
            yield return "insecure-skip-tls-verify";
        if (cluster.ProxyUrl is not null)
            yield return "proxy-url";
        if (cluster.CertificateAuthority is not null)
            yield return "certificate-authority (use certificate-authority-data)";
        if (user.ClientCertificate is not null)
            yield return "client-certificate (use client-certificate-data)";
        if (user.ClientKey is not null)
            yield return "client-key (use client-key-data)";
        if (user.TokenFile is not null)
            yield return "tokenFile (use token)";
        if (user.Exec is not null)
            yield return "exec";
    }
}
