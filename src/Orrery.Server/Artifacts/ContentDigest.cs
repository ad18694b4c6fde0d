using Microsoft.AspNetCore.Http;
using Orrery.Server.Errors;

namespace Orrery.Server.Artifacts;

/// <summary>The header by which a sender says what its bytes hash to (RFC 9530).</summary>
internal static class ContentDigest
{
    public const string Header = "Content-Digest";
    private const string Algorithm = "sha-256=:";
    private const int Length = 32;

    /// <returns>The SHA-256 in hexadecimal digits; null: none was sent, or of other algorithms only.</returns>
    /// <exception cref="ApiException">validation_error: it cannot be read.</exception>
    public static string? Of(HttpContext http)
    {
        var stated = http.Request.Headers[Header].ToString().Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(one => one.StartsWith(Algorithm, StringComparison.OrdinalIgnoreCase));
        if (stated is null)
            return null;
        var bytes = new byte[Length];
        var text = stated.AsSpan(Algorithm.Length).TrimEnd(':');
        return stated.EndsWith(':') && Convert.TryFromBase64Chars(text, bytes, out var length) && length == Length
            ? Convert.ToHexStringLower(bytes)
            : throw Refuse.Invalid(Header, "must look like sha-256=:base64 of 32 bytes:");
    }
}
