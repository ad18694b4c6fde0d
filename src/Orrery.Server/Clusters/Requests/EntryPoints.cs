using System.Text;

namespace Orrery.Server.Clusters.Requests;

/// <summary>Commands as they are sent: base64 of UTF-8.</summary>
internal static class EntryPoints
{
    public const int LongestBytes = 512 * 1024;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>What is wrong; null: it can be run.</returns>
    public static string? Problem(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
            return "must be base64 of the command; encode it like: echo 'python train.py' | base64 -w0";
        if (length > LongestBytes)
            return $"must be at most {LongestBytes} bytes of shell source";
        try
        {
            var text = Strict.GetString(bytes, 0, length);
            return text.AsSpan().Trim().Length == 0 ? "must not be an empty command" : text.Contains('\0') ? "must not contain a NUL character" : null;
        }
        catch (DecoderFallbackException)
        {
            return "must be base64 of UTF-8 text; encode it like: echo 'python train.py' | base64 -w0";
        }
    }
}
