namespace Orrery.Cli.Connection;

/// <summary>
/// Where this user's server keeps its data, so that a command finds it from any folder: one line in
/// <c>$XDG_STATE_HOME/orrery/server</c>. There is none where no home is known.
/// </summary>
internal sealed class RunningHere : IDisposable
{
    private readonly string? note;
    private readonly string told;

    private RunningHere(string? note, string told) => (this.note, this.told) = (note, told);

    /// <summary>The folder of the last server that was started; null when there is none.</summary>
    public static string? Find(Terminal terminal) => FileOf(terminal) is { } file ? Read(file) : null;

    /// <summary>Says so until it is disposed, or another server is started.</summary>
    public static RunningHere Tell(Terminal terminal, string dataFolder)
    {
        var file = FileOf(terminal);
        var folder = Path.GetFullPath(dataFolder);
        try
        {
            if (file is not null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, folder + "\n");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file = null; // a convenience: without it a command names its server
        }
        return new(file, folder);
    }

    public void Dispose()
    {
        try
        {
            if (note is not null && Read(note) == told)
                File.Delete(note);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It names a folder without a server: commands will say so.
        }
    }

    private static string? FileOf(Terminal terminal) =>
        Variables.First(terminal, "XDG_STATE_HOME") is { } state && Path.IsPathRooted(state) ? Path.Combine(state, "orrery", "server")
        : Variables.First(terminal, "HOME") is { } home && Path.IsPathRooted(home) ? Path.Combine(home, ".local", "state", "orrery", "server")
        : null;

    private static string? Read(string file)
    {
        try
        {
            return File.ReadLines(file).Select(line => line.Trim()).FirstOrDefault(Path.IsPathRooted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
