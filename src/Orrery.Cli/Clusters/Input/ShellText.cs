using System.Text;
using System.Text.RegularExpressions;

namespace Orrery.Cli.Clusters.Input;

/// <summary>Shell source, and how it is sent.</summary>
internal static partial class ShellText
{
    public static string Encoded(string source) => Convert.ToBase64String(Encoding.UTF8.GetBytes(source));

    /// <summary>Null when it is not base64 of UTF-8.</summary>
    public static string? Decoded(string entryPoint)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(entryPoint));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A command line that the shell takes apart into exactly these words.</summary>
    public static string Quoted(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word) => Safe().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''")}'";

    [GeneratedRegex("^[A-Za-z0-9_@%+=:,./-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Safe();
}
