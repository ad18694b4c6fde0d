using System.Text.RegularExpressions;

namespace Orrery.Server.Artifacts;

/// <summary>Names of artifacts: plain file names, on every system and in every URL.</summary>
internal static partial class ArtifactName
{
    public const string Shape = "must be 1 to 128 of the characters A-Z a-z 0-9 . _ -, and neither . nor ..";

    public static bool IsSound(string? name) => name is not null and not "." and not ".." && Plain().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,128}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Plain();
}
