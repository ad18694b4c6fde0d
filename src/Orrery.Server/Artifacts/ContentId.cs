using System.Diagnostics.CodeAnalysis;

namespace Orrery.Server.Artifacts;

/// <summary>How the API names bytes: by their SHA-256 (FIPS 180-4), so that the same bytes have one name.</summary>
internal static class ContentId
{
    private const string Prefix = "sha256-";
    private const int Digits = 64;

    public const string Shape = "must look like sha256-… with 64 hexadecimal digits, as an upload or an artifact has it";

    public static string Of(string sha256) => Prefix + sha256;

    public static bool TryRead(string? id, [NotNullWhen(true)] out string? sha256)
    {
        sha256 = id is not null && id.StartsWith(Prefix, StringComparison.Ordinal) && id.Length == Prefix.Length + Digits && id.AsSpan(Prefix.Length).IndexOfAnyExcept(Hexadecimal) < 0
            ? id[Prefix.Length..]
            : null;
        return sha256 is not null;
    }

    private static readonly System.Buffers.SearchValues<char> Hexadecimal = System.Buffers.SearchValues.Create("0123456789abcdef");
}
