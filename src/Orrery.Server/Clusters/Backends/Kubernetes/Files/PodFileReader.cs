using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Server.Clusters.Backends.Kubernetes.State;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Files;

/// <summary>Reads what a program left, one file after the other, from the container beside it. Nothing that comes from there is believed: it is an image's own programs that write it.</summary>
/// <param name="client">Of the cluster.</param>
/// <param name="tell">What tells of the files in that container: <see cref="PodFolders.Tell"/>.</param>
/// <param name="clock">The time.</param>
internal sealed class PodFileReader(KubernetesClient client, IReadOnlyList<string> tell, TimeProvider clock)
{
    private const int LongestHeader = 4096;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <inheritdoc cref="IClusterBackend.Files"/>
    public async IAsyncEnumerable<LeftFile> Read(PodRef pod, [EnumeratorCancellation] CancellationToken ct)
    {
        await UntilKept(pod, ct);
        await using var output = await Open(pod, ct);
        while (await Next(output, ct) is { } file)
        {
            await using var content = new PodFileContent(output, file.SizeBytes);
            yield return new LeftFile(file.Path, file.SizeBytes, _ => Task.FromResult<Stream>(content));
            await content.Skip(ct);
        }
        if (await output.ReadAsync(new byte[1], ct) > 0)
            throw new InvalidDataException("the container tells of more after its last file");
        if (output.ExitCode != 0)
            throw Unreadable(output);
    }

    /// <summary>A node starts containers one after the other: a short program ends before the container beside it has started.</summary>
    /// <exception cref="DirectoryNotFoundException">The pod is gone, or that container has ended.</exception>
    private async Task UntilKept(PodRef pod, CancellationToken ct)
    {
        for (var until = clock.GetUtcNow() + Patience; clock.GetUtcNow() < until; await Task.Delay(Pause, clock, ct))
        {
            var there = await client.Pods.Find(pod.WorkspaceId, pod.PodId, ct);
            if (there is null || there.IsDeleting() || there.Status?.Phase is PodPhases.Succeeded or PodPhases.Failed || there.KeeperStatus()?.State?.Terminated is not null)
                throw new DirectoryNotFoundException($"Pod {pod.PodId} is not there any more.");
            if (there.KeeperStatus()?.State?.Running is not null)
                return;
        }
        throw new IOException($"the container {PodFolders.Keeper} of pod {pod.PodId} does not start");
    }

    private async Task<ExecOutput> Open(PodRef pod, CancellationToken ct)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            return new ExecOutput(await client.PodAccess.Exec(pod.WorkspaceId, pod.PodId, new ExecOptions { Container = PodFolders.Keeper, Command = tell }, either.Token), Patience, clock);
        }
        catch (KubernetesNotFoundException gone)
        {
            throw new DirectoryNotFoundException($"Pod {pod.PodId} is not there any more.", gone);
        }
        catch (OperationCanceledException slow) when (!ct.IsCancellationRequested)
        {
            throw new IOException($"the cluster does not open a way to pod {pod.PodId}", slow);
        }
    }

    /// <returns>Null: that was all.</returns>
    private static async Task<(string Path, long SizeBytes)?> Next(ExecOutput output, CancellationToken ct)
    {
        var line = await Line(output, ct);
        if (line == PodFolders.End)
            return null;
        if (line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries) is not [var kind, var digits, var path] || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || !IsBelow(path))
            throw new InvalidDataException($"the container told of its files what cannot be understood: '{PlainText.Of(line)}'");
        return kind == PodFolders.Plain ? (path, size) : throw new InvalidDataException($"'{PlainText.Of(path)}' is not a plain file; only plain files are kept.");
    }

    private static async Task<string> Line(ExecOutput output, CancellationToken ct)
    {
        var bytes = new byte[LongestHeader];
        for (var length = 0; length < LongestHeader; length++)
        {
            if (await output.ReadAsync(bytes.AsMemory(length, 1), ct) == 0)
                throw Unreadable(output);
            if (bytes[length] == '\n')
                return Encoding.UTF8.GetString(bytes, 0, length);
        }
        throw new InvalidDataException("the container told of a file whose name has no end");
    }

    private static bool IsBelow(string path) =>
        path.Split('/') is [PodFolders.Output or PodFolders.State, _, ..] parts && !parts.Contains("..", StringComparer.Ordinal);

    /// <summary>Its end came too early or too late. Without a failure of the program the connection has lost something, and what it left is asked for again.</summary>
    private static Exception Unreadable(ExecOutput output) =>
        output.ExitCode is { } code && code != 0 ? new InvalidDataException($"the files of the program cannot be read (code {code}): {output.Complaint}") : new IOException("what the program left did not come whole");

    /// <summary>The bytes of one file within what comes.</summary>
    private sealed class PodFileContent(ExecOutput output, long size) : ReadStream
    {
        private long left = size;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (left == 0 || buffer.IsEmpty)
                return 0;
            var count = await output.ReadAsync(buffer[..(int)Math.Min(left, buffer.Length)], cancellationToken);
            if (count == 0)
                throw Unreadable(output);
            left -= count;
            return count;
        }

        /// <summary>Over what was not read.</summary>
        public Task Skip(CancellationToken ct) => CopyToAsync(Null, ct);
    }
}
