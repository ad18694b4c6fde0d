using System.Text;

namespace Orrery.Node.Posix;

/// <summary>Writes text that a POSIX shell reads back as it was.</summary>
internal static class ShellText
{
    /// <summary>Characters, of three bytes at most each.</summary>
    private const int LongestPiece = 40_000;

    public static string Quote(string value) => "'" + value.Replace("'", "'\\''") + "'";

    /// <summary>The command line that runs shell source with <c>/bin/sh -c</c>, whatever its length: the kernel takes no single argument over 128 KiB.</summary>
    public static string Run(string source)
    {
        var pieces = Pieces(source);
        if (pieces.Count <= 1)
            return $"/bin/sh -c {Quote(source)}";
        var all = string.Concat(Enumerable.Range(1, pieces.Count).Select(number => $"${{{number}}}"));
        return $"/bin/sh -c {Quote($"eval \"set --\n{all}\"")} /bin/sh {string.Join(' ', pieces.Select(Quote))}"; // set: the source has no arguments itself
    }

    /// <summary>The same text in parts that are arguments each; no character is torn.</summary>
    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        for (var from = 0; from < text.Length;)
        {
            var to = Math.Min(text.Length, from + LongestPiece);
            if (to < text.Length && char.IsLowSurrogate(text[to]))
                to--;
            pieces.Add(text[from..to]);
            from = to;
        }
        return pieces;
    }

    public static string Assignments(IEnumerable<(string Name, string Value)> variables, string prefix = "")
    {
        var text = new StringBuilder();
        foreach (var (name, value) in variables)
            text.Append(prefix).Append(name).Append('=').Append(Quote(value)).Append('\n');
        return text.ToString();
    }
}
