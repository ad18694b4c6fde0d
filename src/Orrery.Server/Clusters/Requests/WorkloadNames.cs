using System.Security.Cryptography;
using System.Text;
using Orrery.Contracts.Runs;

namespace Orrery.Server.Clusters.Requests;

/// <summary>Ids of workloads: readable, a DNS label, with an end of their own.</summary>
/// <remarks>
/// Ends go up from a random start by random steps: ids of one name made one after the other are neighbours in every index of the
/// database, so a batch of them writes few pages (docs/performance.md). Which ends are taken, the database says.
/// </remarks>
internal static class WorkloadNames
{
    /// <summary>In the order of the characters, without vowels and what looks alike.</summary>
    private const string Alphabet = "2456789bcdfghjklmnpqrstvwxz";

    private const int SuffixLength = 5;
    private const int LongestOfJobs = 46;
    private const int LongestOfServices = 42;

    private static readonly long Ends = (long)Math.Pow(Alphabet.Length, SuffixLength);
    private static long last = RandomNumberGenerator.GetInt32((int)Ends);

    public static string NewId(string displayName, string kind) => $"{Stem(displayName, kind)}-{End()}";

    private static string End()
    {
        var number = Interlocked.Add(ref last, RandomNumberGenerator.GetInt32(1, Alphabet.Length + 1)) % Ends;
        return string.Create(SuffixLength, number, static (end, rest) =>
        {
            for (var i = end.Length - 1; i >= 0; i--, rest /= Alphabet.Length)
                end[i] = Alphabet[(int)(rest % Alphabet.Length)];
        });
    }

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
