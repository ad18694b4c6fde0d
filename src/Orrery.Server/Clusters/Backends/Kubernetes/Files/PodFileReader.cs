using System.Formats.Tar;
using System.Runtime.CompilerServices;
using Orrery.Kubernetes;
using Orrery.Server.Clusters.Backends.Kubernetes.State;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Files;

/// <summary>Reads what a program left, as an archive that the container beside it makes.</summary>
internal sealed class PodFileReader(KubernetesClient client, TimeProvider clock)
{
    /// <inheritdoc cref="IClusterBackend.Files"/>
    public async IAsyncEnumerable<LeftFile> Read(PodRef pod, [EnumeratorCancellation] CancellationToken ct)
    {
        var there = await client.Pods.Find(pod.WorkspaceId, pod.PodId, ct);
        if (there is null || there.IsDeleting() || there.KeeperStatus()?.State?.Running is null)
            throw new DirectoryNotFoundException($"Pod {pod.PodId} is not there any more.");
        await using var output = await Open(pod, PodFolders.Pack, ct);
        await using var tar = new TarReader(output, leaveOpen: true);
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await Next(tar, ct) is { } entry)
        {
            if (entry.EntryType == TarEntryType.Directory)
                continue;
            var file = File(pod, entry, sizes);
            sizes[file.Path] = file.SizeBytes;
            yield return file;
        }
        await output.CopyToAsync(Stream.Null, ct);
        if (output.ExitCode != 0)
            throw new InvalidDataException($"The files of pod {pod.PodId} cannot be read: {output.Complaint}");
    }

    private async Task<ExecOutput> Open(PodRef pod, IReadOnlyList<string> command, CancellationToken ct)
    {
        try
        {
            return new ExecOutput(await client.PodAccess.Exec(pod.WorkspaceId, pod.PodId, new ExecOptions { Container = PodFolders.Keeper, Command = command }, ct), clock);
        }
        catch (KubernetesNotFoundException gone)
        {
            throw new DirectoryNotFoundException($"Pod {pod.PodId} is not there any more.", gone);
        }
    }

    private LeftFile File(PodRef pod, TarEntry entry, Dictionary<string, long> sizes) => entry.EntryType switch
    {
        _ when !IsBelow(entry.Name) => throw new InvalidDataException($"'{entry.Name}' is not in the folders of its program."),
        TarEntryType.RegularFile or TarEntryType.V7RegularFile => new LeftFile(entry.Name, entry.Length, _ => Task.FromResult(entry.DataStream ?? Stream.Null)),
        TarEntryType.HardLink when sizes.TryGetValue(entry.LinkName, out var size) => new LeftFile(entry.Name, size, async ct => await Open(pod, PodFolders.Read(entry.Name, size), ct)),
        _ => throw new InvalidDataException($"'{entry.Name}' is not a plain file; only plain files are kept."),
    };

    private static bool IsBelow(string path) =>
        path.Split('/') is [PodFolders.Output or PodFolders.State, _, ..] parts && !parts.Contains("..", StringComparer.Ordinal);

    /// <summary>The archive was made by what an image calls tar.</summary>
    private static async Task<TarEntry?> Next(TarReader tar, CancellationToken ct)
    {
        try
        {
            return await tar.GetNextEntryAsync(cancellationToken: ct);
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new InvalidDataException("what was left cannot be read: it is not a whole archive", error);
        }
    }
}
