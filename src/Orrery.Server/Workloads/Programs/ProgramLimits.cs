using System.Text.RegularExpressions;
using Orrery.Contracts.Workloads;
using Orrery.Server.Artifacts;

namespace Orrery.Server.Workloads.Programs;

/// <summary>Limits on what a program may be given.</summary>
internal static partial class ProgramLimits
{
    public const int MostInputs = 256;
    private const int MostVariables = 256;
    private const int LongestVariables = 64 * 1024;
    private const int DeepestPath = 4;
    private const string Ours = "ORRERY_";

    public const string Variables = "must be at most 256 variables of 65536 characters together, named A-Z a-z 0-9 _ without a digit in front, none of which begins with ORRERY_";

    public const string Path = "must be a path of at most 4 names joined by /, each 1 to 128 of the characters A-Z a-z 0-9 . _ -, and neither . nor ..; stage.json is ours";

    public static bool AreVariables(Dictionary<string, string>? env) => env is null || (env.Count <= MostVariables
        && env.Sum(pair => pair.Key.Length + (pair.Value?.Length ?? 0)) <= LongestVariables
        && env.All(pair => pair.Value is not null && !pair.Value.Contains('\0') && Variable().IsMatch(pair.Key) && !pair.Key.StartsWith(Ours, StringComparison.Ordinal)));

    public static bool IsPath(string? path) => path is not (null or StageFile.Name) && path.Split('/') is { Length: <= DeepestPath } names && names.All(ArtifactName.IsSound);

    /// <summary>No two are one file, and none is a folder of another.</summary>
    public static bool AreApart(List<ProgramInput>? inputs)
    {
        var names = (inputs ?? []).Select(input => input?.Name).OfType<string>().ToList();
        var folders = names.SelectMany(Folders).ToHashSet(StringComparer.Ordinal);
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count && !names.Exists(folders.Contains);
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Variable();
}
