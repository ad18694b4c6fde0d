using System.Text;

namespace Orrery.Server.Workloads.Programs;

/// <summary>The source of a program as it is sent.</summary>
internal static class EntryPoint
{
    /// <summary>Base64 of UTF-8, or plain shell source: what decodes to text is taken as base64.</summary>
    public static string Script(string entryPoint)
    {
        var bytes = new byte[entryPoint.Length];
        if (entryPoint.Length % 4 != 0 || !Convert.TryFromBase64String(entryPoint, bytes, out var length) || length == 0)
            return entryPoint;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return entryPoint;
        }
    }
}
