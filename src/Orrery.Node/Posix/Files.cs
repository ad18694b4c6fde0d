using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orrery.Node.Posix;

internal static class Files
{
    /// <exception cref="IOException">The path cannot be opened so.</exception>
    public static SafeFileHandle Open(string path, int flags)
    {
        var handle = Native.Open(path, flags | Native.CloseOnExec);
        if (!handle.IsInvalid)
            return handle;
        var error = Marshal.GetLastPInvokeErrorMessage();
        handle.Dispose();
        throw new IOException($"{path}: {error}");
    }

    public static SafeFileHandle OpenDirectory(string path) => Open(path, Native.ReadOnly | Native.Directory);

    /// <summary>Replaces a file so that after a crash or power loss either the old or the new content is there.</summary>
    public static void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
        SyncFolderOf(path);
    }

    public static void DeleteDurably(string path)
    {
        File.Delete(path);
        SyncFolderOf(path);
    }

    /// <summary>Removes a tree that strangers may have filled; links are not followed.</summary>
    /// <exception cref="IOException">Something of it is still there.</exception>
    public static void DeleteTree(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // gone already
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            DeleteByProgram(folder); // deeper than a path may be long, or names that are not text
        }
    }

    /// <summary>The content, or null when there is no such file.</summary>
    public static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void DeleteByProgram(string folder)
    {
        var (code, output) = Tool.Run("rm", "-rf", "--", folder);
        if (code != 0)
            throw new IOException($"{folder}: {output.Split('\n')[0]}");
    }

    private static void SyncFolderOf(string path)
    {
        using var folder = OpenDirectory(Path.GetDirectoryName(path)!);
        _ = Native.Sync(folder);
    }
}
