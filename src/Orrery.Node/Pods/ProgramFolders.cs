using Orrery.Contracts.Runs;
using Orrery.Node.Posix;

namespace Orrery.Node.Pods;

/// <summary>The folders that a program finds in its pod's working folder: what it is given, what it leaves, what its place remembers.</summary>
internal static class ProgramFolders
{
    public const string Input = "in";
    public const string Output = "out";
    public const string State = "state";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Moves what the run was given into place. May be cut off anywhere and called again: the inputs come last.</summary>
    /// <param name="files">The run's; their folder and the pod's are on one file system.</param>
    /// <param name="scratch">The pod's working folder.</param>
    /// <param name="user">Who owns what may be written; null: who we are.</param>
    /// <exception cref="IOException">What it was given is not there.</exception>
    public static void Make(RunFiles files, string scratch, uint? user)
    {
        var source = files.Folder ?? throw new IOException("The files of this run were not put into a folder.");
        if (Directory.Exists(Path.Combine(scratch, Input)))
            return;
        if (Directory.Exists(Path.Combine(source, State)))
            Directory.Move(Path.Combine(source, State), Path.Combine(scratch, State));
        foreach (var name in (string[])[Output, State])
        {
            Directory.CreateDirectory(Path.Combine(scratch, name), Private);
            Own(Path.Combine(scratch, name), user);
        }
        if (!Directory.Exists(Path.Combine(source, Input)))
            throw new IOException($"What the run was given is not in {source}.");
        Directory.Move(Path.Combine(source, Input), Path.Combine(scratch, Input));
    }

    public static IEnumerable<(string Name, string Value)> Variables(string home) =>
    [
        ("ORRERY_INPUT_DIR", Path.Combine(home, Input)),
        ("ORRERY_OUTPUT_DIR", Path.Combine(home, Output)),
        ("ORRERY_STATE_DIR", Path.Combine(home, State)),
    ];

    private static void Own(string folder, uint? user)
    {
        if (user is not { } id)
            return;
        _ = Native.ChangeOwner(folder, id, id);
        foreach (var file in Directory.EnumerateFiles(folder))
            _ = Native.ChangeOwner(file, id, id);
    }
}
