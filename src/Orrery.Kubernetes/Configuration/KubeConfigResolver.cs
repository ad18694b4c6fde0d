using System.Security.Cryptography.X509Certificates;
using System.Text;
using Orrery.Kubernetes.Credentials;

namespace Orrery.Kubernetes.Configuration;

/// <summary>From a context's name to a connection.</summary>
internal sealed class KubeConfigResolver(KubeConfigModel config, KubeConfigRules rules, TimeProvider clock)
{
    private static readonly string[] ExecVersions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

    public KubernetesConnection Resolve(string? name)
    {
        name ??= config.CurrentContext ?? throw Wrong("current-context is missing, and no context was named");
        var context = config.Contexts.GetValueOrDefault(name)
            ?? throw Wrong($"there is no context '{name}'; there are: {string.Join(", ", config.Contexts.Keys.Order(StringComparer.Ordinal))}");
        var cluster = config.Clusters.GetValueOrDefault(context.Cluster) ?? throw Wrong($"context '{name}' names the cluster '{context.Cluster}', which is not there");
        var user = context.User is null ? new UserEntry() : config.Users.GetValueOrDefault(context.User) ?? throw Wrong($"context '{name}' names the user '{context.User}', which is not there");
        if (rules == KubeConfigRules.InlineOnly)
            InlineRules.Check(context, cluster, user);
        var server = Server(context.Cluster, cluster.Server);
        var authorities = Authorities(context.Cluster, cluster);
        return new KubernetesConnection(server, Credential(context.User ?? "", user, cluster, authorities))
        {
            Namespace = context.Namespace ?? "default",
            CertificateAuthorities = authorities,
            SkipTlsVerify = cluster.InsecureSkipTlsVerify,
            TlsServerName = cluster.TlsServerName,
            Proxy = cluster.ProxyUrl is { } proxy ? Address($"proxy-url of cluster '{context.Cluster}'", proxy, "http", "https", "socks5") : null,
        };
    }

    private static Uri Server(string cluster, string text)
    {
        var server = Address($"server of cluster '{cluster}'", text, Uri.UriSchemeHttp, Uri.UriSchemeHttps);
        return server.UserInfo.Length == 0 && server.Query.Length == 0 ? server : throw Wrong($"server of cluster '{cluster}' may hold neither a user nor a query");
    }

    private static Uri Address(string what, string text, params string[] schemes) => Uri.TryCreate(text, UriKind.Absolute, out var address) && schemes.Contains(address.Scheme)
        ? address
        : throw Wrong($"{what} must be an address of {string.Join(" or ", schemes)}");

    private static X509Certificate2Collection? Authorities(string name, ClusterEntry cluster)
    {
        if (cluster.InsecureSkipTlsVerify && (cluster.CertificateAuthority ?? cluster.CertificateAuthorityData) is not null)
            throw Wrong($"cluster '{name}' has a certificate authority and insecure-skip-tls-verify: one of them must go");
        var pem = Data(cluster.CertificateAuthorityData, cluster.CertificateAuthority, $"certificate-authority of cluster '{name}'");
        return pem is null ? null : Pem.Authorities(pem, $"of cluster '{name}'");
    }

    private ICredential Credential(string name, UserEntry user, ClusterEntry cluster, X509Certificate2Collection? authorities)
    {
        if (user.Unsupported is [var member, ..])
            throw Wrong($"user '{name}' has '{member}', which is not supported; use a token, a client certificate or an exec plugin");
        if (user.Exec is { } exec)
            return Plugin(name, user, exec, new ExecCluster(cluster.Server, cluster.TlsServerName, cluster.InsecureSkipTlsVerify, authorities is null ? null : Encoding.ASCII.GetBytes(authorities.ExportCertificatePems())));
        var certificate = Certificate(name, user);
        if (user.Token is null && user.TokenFile is not null)
            return new TokenFileCredential(user.TokenFile, certificate, clock);
        return user.Token is null && certificate is null ? new NoCredential() : new FixedCredential(user.Token, certificate);
    }

    private ExecCredential Plugin(string name, UserEntry user, ExecPlugin exec, ExecCluster cluster)
    {
        if ((user.Token ?? user.TokenFile ?? user.ClientCertificate ?? user.ClientCertificateData) is not null)
            throw Wrong($"user '{name}' has exec and another credential: one of them must go");
        if (!ExecVersions.Contains(exec.ApiVersion))
            throw Wrong($"exec.apiVersion of user '{name}' must be {string.Join(" or ", ExecVersions)}");
        return new ExecCredential(new ExecPluginRunner(exec, cluster, clock), clock);
    }

    private static X509Certificate2? Certificate(string name, UserEntry user)
    {
        var certificate = Data(user.ClientCertificateData, user.ClientCertificate, $"client-certificate of user '{name}'");
        var key = Data(user.ClientKeyData, user.ClientKey, $"client-key of user '{name}'");
        if (certificate is null && key is null)
            return null;
        return certificate is not null && key is not null
            ? Pem.KeyPair(certificate, key, $"of user '{name}'")
            : throw Wrong($"user '{name}' has {(key is null ? "a client certificate without its key" : "a client key without its certificate")}");
    }

    /// <summary>Inline data counts before a file, as in kubectl.</summary>
    private static string? Data(string? inline, string? path, string what)
    {
        try
        {
            return inline is not null ? Encoding.UTF8.GetString(Convert.FromBase64String(inline)) : path is not null ? File.ReadAllText(path) : null;
        }
        catch (FormatException)
        {
            throw Wrong($"the inline data of {what} is not base64");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesConfigurationException($"The file {path} ({what}) cannot be read.", e);
        }
    }

    private static KubernetesConfigurationException Wrong(string what) => new($"The kubeconfig cannot be used: {what}.");
}
