using System.Security.Cryptography;
using System.Text;

namespace Orrery.Server.Hosting;

/// <summary>Wraps secrets at rest with AES-256-GCM; what they belong to is authenticated too, so that a row cannot be moved onto another.</summary>
/// <remarks>NIST SP 800-38D: a fresh random 96-bit nonce a message. Text form: <c>v1.</c> and base64 of nonce, tag, ciphertext.</remarks>
internal sealed class SecretBox(byte[] masterKey)
{
    private const string Version = "v1.";
    private const int TagLength = 16;
    private const int NonceLength = 12;

    public string Wrap(string secret, string owner)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var bytes = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(masterKey, TagLength); // one a call: an instance is not for several threads
        cipher.Encrypt(bytes.AsSpan(0, NonceLength), plain, bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(owner));
        return Version + Convert.ToBase64String(bytes);
    }

    /// <exception cref="CryptographicException">Another master key wrapped it, or it was changed.</exception>
    public string Unwrap(string wrapped, string owner)
    {
        if (!wrapped.StartsWith(Version, StringComparison.Ordinal))
            throw new CryptographicException("The secret has an unknown form.");
        var bytes = Convert.FromBase64String(wrapped[Version.Length..]);
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(masterKey, TagLength);
        cipher.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(owner));
        return Encoding.UTF8.GetString(plain);
    }
}
