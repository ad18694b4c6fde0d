using System.Security.Cryptography.X509Certificates;

namespace Orrery.Kubernetes.Credentials;

/// <summary>Who a client is.</summary>
internal interface ICredential
{
    /// <summary>A certificate may come, now or with <see cref="Token"/>.</summary>
    bool MayHaveCertificate => false;

    /// <summary>What is shown in the TLS handshake.</summary>
    X509Certificate2? Certificate => null;

    /// <summary>The bearer token; null when there is none. Called before each attempt.</summary>
    /// <exception cref="KubernetesConfigurationException">It cannot be had.</exception>
    ValueTask<string?> Token(CancellationToken ct);

    /// <summary>The server did not take what was sent.</summary>
    /// <returns>True when something else may be sent.</returns>
    bool Renew() => false;
}

/// <summary>Nobody.</summary>
internal sealed class NoCredential : ICredential
{
    public ValueTask<string?> Token(CancellationToken ct) => ValueTask.FromResult<string?>(null);
}

/// <summary>A token that stays, a certificate, or both.</summary>
internal sealed class FixedCredential(string? token, X509Certificate2? certificate) : ICredential
{
    public bool MayHaveCertificate => certificate is not null;

    public X509Certificate2? Certificate => certificate;

    public ValueTask<string?> Token(CancellationToken ct) => ValueTask.FromResult(token);
}
