using System.Security.Cryptography;
using System.Text;
using Orrery.Contracts.Runs;

namespace Orrery.Server.Clusters.Requests;

/// <summary>Ids of workloads: readable, a DNS label, with a random end.</summary>
internal static class WorkloadNames
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";
    private const int SuffixLength = 5;
    private const int LongestOfJobs = 46;
    private const int LongestOfServices = 42;

    public static string NewId(string displayName, string kind) =>
        $"{Stem(displayName, kind)}-{RandomNumberGenerator.GetString(Alphabet, SuffixLength)}";

    /// <summary>The readable part; "" when nothing of the name is left.</summary>
    public static string Stem(string displayName, string kind)
    {
        var stem = new StringBuilder();
        foreach (var letter in displayName.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
                stem.Append(letter);
            else if (stem.Length > 0 && stem[^1] != '-')
                stem.Append('-');
        }
        var text = stem.ToString().TrimEnd('-');
        if (text.Length == 0)
            return "";
        if (!char.IsAsciiLetterLower(text[0]))
            text = "w-" + text;
        var longest = WorkloadKinds.IsService(kind) ? LongestOfServices : LongestOfJobs;
        return text.Length <= longest ? text : text[..longest].TrimEnd('-');
    }
}
