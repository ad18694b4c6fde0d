using System.Globalization;
using Orrery.Node.Hosting;
using Orrery.Node.Posix;

namespace Orrery.Node.Pods;

/// <summary>One file that a pod left.</summary>
/// <param name="Path"><c>out/name</c> or <c>state/name</c>.</param>
/// <param name="SizeBytes">Its length.</param>
/// <param name="FullPath">Where it lies on this machine.</param>
public sealed record PodFile(string Path, long SizeBytes, string FullPath);

/// <summary>Reads what a program left in its folders, after its end: nobody can change it any more.</summary>
public static class PodFiles
{
    private const char Regular = 'f';

    /// <summary>Every file below <c>out</c> and <c>state</c>, in the order of paths.</summary>
    /// <exception cref="DirectoryNotFoundException">The pod's folders are gone.</exception>
    /// <exception cref="InvalidDataException">There is something else than plain files, like a link to somewhere outside.</exception>
    public static IReadOnlyList<PodFile> Read(string dataFolder, string podId)
    {
        var scratch = Path.Combine(new NodeFolder(dataFolder).Pod(Names.Checked(podId)), "tmp", "pod");
        string[] folders = [ProgramFolders.Output, ProgramFolders.State];
        if (!folders.All(folder => Directory.Exists(Path.Combine(scratch, folder))))
            throw new DirectoryNotFoundException($"Pod {podId} left no folders.");
        // By a program: .NET says neither what kind a file is nor stops at a pipe.
        var (code, output) = Tool.Run("find", [.. folders.Select(folder => Path.Combine(scratch, folder)), "!", "-type", "d", "-printf", @"%y %s %p\0"]);
        if (code != 0)
            throw new InvalidDataException($"The files of pod {podId} cannot be read: {output.Split('\n')[0]}");
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => File(scratch, line)).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static PodFile File(string scratch, string line)
    {
        var parts = line.Split(' ', 3);
        var path = Path.GetRelativePath(scratch, parts[2]);
        return parts[0][0] == Regular
            ? new PodFile(path, long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2])
            : throw new InvalidDataException($"'{path}' is not a plain file; only plain files are kept.");
    }
}
