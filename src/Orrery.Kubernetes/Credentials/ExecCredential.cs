using System.Security.Cryptography.X509Certificates;

namespace Orrery.Kubernetes.Credentials;

/// <summary>Credentials that a plugin prints, kept until they expire or are refused.</summary>
internal sealed class ExecCredential(ExecPluginRunner runner, TimeProvider clock) : ICredential
{
    /// <summary>A token that is about to expire is not used any more.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private volatile ExecResult? held;
    private Task<ExecResult>? running;

    public bool MayHaveCertificate => true;

    public X509Certificate2? Certificate => held?.Certificate;

    public async ValueTask<string?> Token(CancellationToken ct)
    {
        if (held is { } now && IsGood(now))
            return now.Token;
        return (await Share().WaitAsync(ct)).Token;
    }

    public bool Renew()
    {
        held = null;
        return true;
    }

    /// <summary>Callers at the same time wait for one run.</summary>
    private Task<ExecResult> Share()
    {
        lock (gate)
            return running ??= Task.Run(Run);
    }

    private async Task<ExecResult> Run()
    {
        try
        {
            return held = await runner.Run(CancellationToken.None);
        }
        finally
        {
            lock (gate)
                running = null;
        }
    }

    private bool IsGood(ExecResult result) => result.ExpiresAt is not { } end || clock.GetUtcNow() < end - Margin;
}

/// <summary>What one run of a plugin gave.</summary>
internal sealed class ExecResult(string? token, X509Certificate2? certificate, DateTimeOffset? expiresAt)
{
    public string? Token => token;

    public X509Certificate2? Certificate => certificate;

    public DateTimeOffset? ExpiresAt => expiresAt;
}
