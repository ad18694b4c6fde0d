using System.Runtime.InteropServices;

namespace Orrery.Server.Artifacts;

/// <summary>What .NET has no name for about files.</summary>
internal static partial class Disk
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int ReadOnly = 0;

    /// <summary>ENOSPC or EDQUOT.</summary>
    public static bool IsFull(IOException error) => error.HResult is NoSpace or QuotaExceeded;

    /// <summary>Names in a folder survive a power loss only when the folder itself was synced.</summary>
    /// <exception cref="IOException">It cannot be synced.</exception>
    public static void SyncFolder(string folder)
    {
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
            throw Failed(folder);
        var synced = Sync(handle);
        _ = Close(handle);
        if (synced != 0)
            throw Failed(folder);
    }

    /// <summary>Another name for the same bytes, where the file system has that.</summary>
    public static bool TryLink(string existing, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(existing);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Link(existing, path) == 0;
    }

    private static IOException Failed(string path) => new($"{path}: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode = 0);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);
}
