namespace Orrery.Cli.Clusters.Input;

/// <summary>
/// A script as a command that carries it: shell source as it is; a script of another interpreter (its first line is
/// <c>#!interpreter</c>) is written to a scratch folder of the pod by a here-document and run from there.
/// </summary>
internal static class ScriptFile
{
    private const string End = "ORRERY_END_OF_SCRIPT";

    /// <summary>A kernel takes no longer argument, and <c>sh -c</c> gets the command as one.</summary>
    private const int MaxChars = 120_000;

    /// <exception cref="CommandException">It cannot be read, or cannot be carried in a command.</exception>
    public static string Command(string path)
    {
        var source = Text(path);
        if (source.Length > MaxChars)
            throw new CommandException(ExitCodes.BadInput, $"{path}: a script of {source.Length:N0} characters is too long for a command ({MaxChars:N0}); fetch it from there instead.");
        if (source.Contains('\0') || source.Split('\n').Contains(End))
            throw new CommandException(ExitCodes.BadInput, $"{path}: a script with a NUL or a line {End} cannot be carried in a command.");
        return Interpreter(source) is { } interpreter ? Carried(Path.GetFileName(path), source, interpreter) : source;
    }

    /// <summary>Null for shell source.</summary>
    private static string? Interpreter(string source)
    {
        if (!source.StartsWith("#!", StringComparison.Ordinal))
            return null;
        var line = source.Split('\n', 2)[0][2..].Trim();
        return line is "" or "/bin/sh" or "/usr/bin/env sh" ? null : line;
    }

    private static string Carried(string name, string source, string interpreter) => $"""
        set -e
        script=$(mktemp -d)/{ShellText.Quoted([name])}
        cat > "$script" <<'{End}'
        {source.TrimEnd('\n')}
        {End}
        exec {interpreter} "$script"

        """;

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path).ReplaceLineEndings("\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadInput, $"The command's script: {e.Message}");
        }
    }
}
