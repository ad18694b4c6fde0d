using System.Text;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Objects;

/// <summary>A script as the arguments of a container: run by <c>/bin/sh -c</c>, however long it is.</summary>
/// <remarks>Linux takes no single argument of 128 KiB or more (MAX_ARG_STRLEN, execve(2)), so a longer script comes in parts that the shell joins.</remarks>
internal static class CommandText
{
    private const int LongestPart = 96 * 1024;

    /// <summary>A node takes output and errors in by two ways: only by one of them lines keep their order.</summary>
    private const string OneStream = "exec 2>&1; ";

    public static List<string> Of(string script)
    {
        var parts = Parts(script);
        if (parts.Count <= 1)
            return ["/bin/sh", "-c", Literal(OneStream + script)];
        var joined = string.Concat(Enumerable.Range(1, parts.Count).Select(i => $"${{{i}}}"));
        return ["/bin/sh", "-c", Literal($"{OneStream}orrery_script=\"{joined}\"; set --; eval \"$orrery_script\""), "/bin/sh", .. parts.Select(Literal)];
    }

    /// <summary>Kubernetes replaces <c>$(NAME)</c> in arguments; a doubled dollar stands for itself.</summary>
    private static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>Cut between characters.</summary>
    private static List<string> Parts(string script)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var bytes = 0;
        foreach (var rune in script.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LongestPart)
            {
                parts.Add(part.ToString());
                part.Clear();
                bytes = 0;
            }
            part.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }
        parts.Add(part.ToString());
        return parts;
    }
}
