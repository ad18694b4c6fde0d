using Orrery.Server.Storage;

namespace Orrery.Server.Artifacts;

/// <summary>Files named by their hash, in 256 folders.</summary>
internal sealed class FolderContentStore : IContentStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string root;

    /// <param name="root">Is made when it is not there.</param>
    public FolderContentStore(string root)
    {
        this.root = root;
        Directory.CreateDirectory(root, OwnerOnly);
        Disk.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(root))!);
    }

    public Task Keep(SpooledFile file, CancellationToken ct)
    {
        var path = PathOf(file.Sha256);
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, OwnerOnly);
                Disk.SyncFolder(root);
            }
            File.Move(file.Path, path, overwrite: true);
            Disk.SyncFolder(folder);
            return Task.CompletedTask;
        }
        catch (IOException full) when (Disk.IsFull(full))
        {
            throw new StorageFullException(full);
        }
    }

    public Task<Stream> Open(string sha256, long sizeBytes, CancellationToken ct)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(
                PathOf(sha256), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous }));
        }
        catch (DirectoryNotFoundException gone)
        {
            throw Missing(gone);
        }
    }

    /// <remarks>A link, not a copy, where nobody but root could write to it; a program that is given it has another user.</remarks>
    public Task Place(string sha256, string path, CancellationToken ct)
    {
        if (Environment.IsPrivilegedProcess && Disk.TryLink(PathOf(sha256), path))
            return Task.CompletedTask;
        if (!File.Exists(PathOf(sha256)))
            throw Missing(inner: null);
        File.Copy(PathOf(sha256), path);
        return Task.CompletedTask;
    }

    public Task Remove(string sha256, CancellationToken ct)
    {
        File.Delete(PathOf(sha256));
        return Task.CompletedTask;
    }

    private static FileNotFoundException Missing(Exception? inner) => new("There is no such file in the folder of artifacts.", inner);

    private string PathOf(string sha256) => Path.Combine(root, sha256[..2], sha256);
}
