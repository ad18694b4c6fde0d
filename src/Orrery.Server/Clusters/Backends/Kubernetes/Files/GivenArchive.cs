using System.Formats.Tar;
using System.Text;
using Orrery.Contracts.Runs;
using Orrery.Server.Artifacts;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Files;

/// <summary>What a run is given, as one tar archive whose size is known before.</summary>
internal sealed class GivenArchive(IReadOnlyList<RunFile> given, IContentStore contents)
{
    private const int Block = 512;
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Looks whether all is there.</summary>
    /// <exception cref="InputsLostException">A content is not kept here.</exception>
    /// <exception cref="ContentUnavailableException">It cannot be had now.</exception>
    public async Task Check(CancellationToken ct)
    {
        foreach (var file in given)
            await (await Open(file, ct)).DisposeAsync();
    }

    /// <summary>In bytes.</summary>
    public long Size()
    {
        using var headers = new MemoryStream();
        using (var tar = new TarWriter(headers, leaveOpen: true))
        {
            foreach (var entry in Entries())
                tar.WriteEntry(entry.Header);
        }
        return headers.Length + Entries().Sum(entry => (entry.SizeBytes + Block - 1) / Block * Block);
    }

    /// <exception cref="InputsLostException">A content is not kept here.</exception>
    /// <exception cref="ContentUnavailableException">It cannot be had now.</exception>
    public async Task Write(Stream to, CancellationToken ct)
    {
        await using var tar = new TarWriter(to, leaveOpen: true);
        foreach (var (header, _, file) in Entries())
        {
            await using var bytes = file is null ? null : await Open(file, ct);
            if (bytes is not null)
                header.DataStream = bytes;
            await tar.WriteEntryAsync(header, ct);
        }
    }

    private async Task<Stream> Open(RunFile file, CancellationToken ct)
    {
        if (file.Text is { } text)
            return new MemoryStream(Encoding.UTF8.GetBytes(text));
        try
        {
            return await contents.Open(file.Sha256, file.SizeBytes, ct);
        }
        catch (FileNotFoundException gone)
        {
            throw InputsLostException.Of(file, gone);
        }
    }

    private IEnumerable<(TarEntry Header, long SizeBytes, RunFile? File)> Entries()
    {
        yield return (new GnuTarEntry(TarEntryType.Directory, PodFolders.Input + "/") { Mode = Folder }, 0, null);
        foreach (var file in given)
        {
            var mode = file.Path.StartsWith(PodFolders.State, StringComparison.Ordinal) ? Readable | UnixFileMode.UserWrite : Readable;
            yield return (new GnuTarEntry(TarEntryType.RegularFile, file.Path) { Mode = mode }, file.Text is { } text ? Encoding.UTF8.GetByteCount(text) : file.SizeBytes, file);
        }
        yield return (new GnuTarEntry(TarEntryType.RegularFile, PodFolders.Whole), 0, null);
    }
}
