using System.Security.Cryptography.X509Certificates;
using Orrery.Kubernetes.Credentials;

namespace Orrery.Kubernetes;

/// <summary>Where an API server is, whom to trust there, and who we are to it. It shows none of its secrets.</summary>
public sealed class KubernetesConnection
{
    internal KubernetesConnection(Uri server, ICredential credential)
    {
        Server = server.AbsolutePath.EndsWith('/') ? server : new Uri(server + "/");
        Credential = credential;
    }

    /// <summary>Ends in a slash.</summary>
    public Uri Server { get; }

    /// <summary>The namespace to use when none is named.</summary>
    public string Namespace { get; internal init; } = "default";

    internal ICredential Credential { get; }

    /// <summary>Null: those that the machine trusts.</summary>
    internal X509Certificate2Collection? CertificateAuthorities { get; init; }

    internal bool SkipTlsVerify { get; init; }

    /// <summary>The name that the server's certificate must have; null: that of the address.</summary>
    internal string? TlsServerName { get; init; }

    internal Uri? Proxy { get; init; }

    /// <summary>A server that asks nobody who they are.</summary>
    public static KubernetesConnection Anonymous(Uri server) => new(server, new NoCredential());

    /// <summary>As whoever holds the token.</summary>
    public static KubernetesConnection WithToken(Uri server, string token, X509Certificate2Collection? authorities = null) =>
        new(server, new FixedCredential(token, certificate: null)) { CertificateAuthorities = authorities };
}
