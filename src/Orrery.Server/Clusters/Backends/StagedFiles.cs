using Orrery.Contracts.Runs;
using Orrery.Server.Artifacts;

namespace Orrery.Server.Clusters.Backends;

/// <summary>Puts what a run is given into a folder of this machine, from which its node takes it.</summary>
internal sealed class StagedFiles(string root, IContentStore contents)
{
    private const string State = "state/";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <returns>The run, which names the folder.</returns>
    public async Task<RunSpec> Put(RunSpec run, CancellationToken ct)
    {
        if (run.Files is not { } files)
            return run;
        var folder = Path.Combine(FolderOf(run.WorkloadId), Guid.NewGuid().ToString("N")); // the node may be at one of an earlier call
        Directory.CreateDirectory(root, OwnerOnly);
        MakeReadable(Path.Combine(folder, "in"), folder);
        foreach (var file in files.Given)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file.Path));
            if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new InvalidOperationException($"The path '{file.Path}' leaves its folder.");
            MakeReadable(Path.GetDirectoryName(path)!, folder);
            await Put(file, path, ct);
        }
        return run with { Files = files with { Folder = folder } };
    }

    private async Task Put(RunFile file, string path, CancellationToken ct)
    {
        try
        {
            if (file.Text is { } text)
                await Write(path, text, ct);
            else if (file.Path.StartsWith(State, StringComparison.Ordinal))
                await Copy(file, path, ct);
            else
                await contents.Place(file.Sha256, path, ct);
        }
        catch (FileNotFoundException gone)
        {
            throw InputsLostException.Of(file, gone);
        }
    }

    /// <summary>A folder and those above it, whatever the umask.</summary>
    private static void MakeReadable(string path, string below)
    {
        Directory.CreateDirectory(path);
        for (var made = path; made.Length > below.Length; made = Path.GetDirectoryName(made)!)
            File.SetUnixFileMode(made, Readable);
    }

    private static async Task Write(string path, string text, CancellationToken ct)
    {
        await File.WriteAllTextAsync(path, text, ct);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    public void Remove(string workloadId)
    {
        if (Directory.Exists(FolderOf(workloadId)))
            Directory.Delete(FolderOf(workloadId), recursive: true);
    }

    /// <summary>Its program may write to it.</summary>
    private async Task Copy(RunFile file, string path, CancellationToken ct)
    {
        await using var from = await contents.Open(file.Sha256, file.SizeBytes, ct);
        await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await from.CopyToAsync(to, ct);
    }

    private string FolderOf(string workloadId) => Path.Combine(root, workloadId);
}
