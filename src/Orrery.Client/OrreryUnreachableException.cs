namespace Orrery.Client;

/// <summary>No answer came, after all retries.</summary>
public sealed class OrreryUnreachableException(Uri address, Exception inner)
    : Exception($"No answer from {address}: {inner.Message}", inner)
{
    public Uri Address { get; } = address;
}
