using System.Security.Cryptography.X509Certificates;

namespace Orrery.Kubernetes.Credentials;

/// <summary>A token in a file that someone rotates: read again every minute, and at once when it was refused.</summary>
internal sealed class TokenFileCredential(string path, X509Certificate2? certificate, TimeProvider clock) : ICredential
{
    private const int LargestToken = 64 * 1024;
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private sealed record Held(string Token, long ReadAt);

    private volatile Held? held;

    public bool MayHaveCertificate => certificate is not null;

    public X509Certificate2? Certificate => certificate;

    public async ValueTask<string?> Token(CancellationToken ct)
    {
        if (held is { } fresh && clock.GetElapsedTime(fresh.ReadAt) < Freshness)
            return fresh.Token;
        var read = new Held(await Read(ct), clock.GetTimestamp());
        held = read;
        return read.Token;
    }

    public bool Renew()
    {
        held = null;
        return true;
    }

    private async Task<string> Read(CancellationToken ct)
    {
        try
        {
            if (new FileInfo(path).Length > LargestToken)
                throw new KubernetesConfigurationException($"The token file {path} is larger than {LargestToken} bytes.");
            var token = (await File.ReadAllTextAsync(path, ct)).Trim();
            return token.Length > 0 ? token : throw new KubernetesConfigurationException($"The token file {path} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesConfigurationException($"The token file {path} cannot be read.", e);
        }
    }
}
