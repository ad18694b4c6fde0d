using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Orrery.Kubernetes.Http;

/// <summary>The transport: who is trusted, who we are, how dead connections are noticed.</summary>
internal static class TlsHandler
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

    public static SocketsHttpHandler Create(KubernetesConnection connection)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // an API server does not redirect, and a token goes nowhere else
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = Lifetime,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,
            UseProxy = connection.Proxy is not null,
            Proxy = connection.Proxy is { } proxy ? new WebProxy(proxy) : null,
        };
        handler.SslOptions = Tls(connection);
        return handler;
    }

    private static SslClientAuthenticationOptions Tls(KubernetesConnection connection)
    {
        var tls = new SslClientAuthenticationOptions();
        if (connection.Credential.MayHaveCertificate)
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => connection.Credential.Certificate!;
        if (connection.SkipTlsVerify)
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        else if (connection.CertificateAuthorities is { Count: > 0 } authorities)
            tls.CertificateChainPolicy = Trust(authorities);
        return tls;
    }

    /// <summary>The given authorities and no others.</summary>
    private static X509ChainPolicy Trust(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
