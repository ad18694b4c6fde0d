using System.Security.Cryptography;
using System.Text;

namespace Orrery.Server.Identity;

/// <summary>Secrets: made from the system's randomness, kept only as SHA-256.</summary>
internal static class ApiKeys
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int SecretLength = 40;
    private const int ShownLength = 12;

    public static string New(bool test) => (test ? "rs_test_" : "rs_live_") + RandomNumberGenerator.GetString(Alphabet, SecretLength);

    public static string Prefix(string secret) => secret[..Math.Min(ShownLength, secret.Length)];

    public static bool LooksLikeKey(string text) =>
        text.Length is >= 40 and <= 128 && (text.StartsWith("rs_live_", StringComparison.Ordinal) || text.StartsWith("rs_test_", StringComparison.Ordinal));

    public static string Hash(string secret)
    {
        Span<byte> bytes = stackalloc byte[512];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(secret.AsSpan(0, Math.Min(secret.Length, 128)), bytes);
        SHA256.HashData(bytes[..length], digest);
        return Convert.ToHexStringLower(digest);
    }

    public static string NewToken() => RandomNumberGenerator.GetString(Alphabet, SecretLength);
}
