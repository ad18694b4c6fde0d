using System.Security.Cryptography;
using Orrery.Server.Errors;
using Orrery.Server.Storage;

namespace Orrery.Server.Artifacts;

/// <summary>Bytes on this machine's disk whose hash is known; the file goes when this is disposed.</summary>
internal sealed record SpooledFile(string Path, string Sha256, long SizeBytes) : IDisposable
{
    public void Dispose() => File.Delete(Path);
}

/// <summary>Takes bytes in: bounded, hashed, synced, before anything refers to them.</summary>
internal sealed class Spool
{
    private const int Chunk = 128 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string folder;

    /// <param name="folder">Is made, and emptied of what a crash left; on the same disk as where files end up.</param>
    public Spool(string folder)
    {
        this.folder = folder;
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder, OwnerOnly);
    }

    /// <exception cref="ApiException">payload_too_large: there are more than <paramref name="most"/> bytes.</exception>
    /// <exception cref="StorageFullException">The disk is full.</exception>
    public async Task<SpooledFile> Take(Stream source, long most, CancellationToken ct)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        try
        {
            var (sha256, size) = await Write(source, path, most, ct);
            return new SpooledFile(path, sha256, size);
        }
        catch (IOException full) when (Disk.IsFull(full))
        {
            File.Delete(path);
            throw new StorageFullException(full);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static async Task<(string Sha256, long Size)> Write(Stream source, string path, long most, CancellationToken ct)
    {
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead,
        });
        File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead); // whatever the umask: programs read it in its place; nobody ever writes it
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        var size = 0L;
        while (await source.ReadAsync(buffer, ct) is var read and > 0)
        {
            size += read;
            if (size > most)
                throw Refuse.TooLarge(most);
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        file.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), size);
    }
}
