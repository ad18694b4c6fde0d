using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>Folders that the containers of a pod share: its <c>emptyDir</c>s on disk. Those in memory are the machine's own <c>/dev/shm</c>.</summary>
internal sealed class PodVolumes(JsonObject pod) : IDisposable
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Dictionary<string, string> folders = pod.List("spec", "volumes")
        .Where(volume => volume.At("emptyDir") is not null && volume.Text("emptyDir", "medium") != "Memory")
        .ToDictionary(volume => volume.Text("name")!, _ => Make(), StringComparer.Ordinal);

    /// <summary>What a container sees of them.</summary>
    public IReadOnlyList<Mount> Of(JsonNode container) =>
        [.. container.Text("image") == ApiServerDouble.ImageWithoutTar ? [new Mount("/dev/null", "/usr/bin/tar", false)] : Array.Empty<Mount>(), .. container.List("volumeMounts").Where(one => folders.ContainsKey(one.Text("name")!)).Select(one => new Mount(folders[one.Text("name")!], one.Text("mountPath")!, one.Text("readOnly") == "true"))];

    public void Dispose()
    {
        foreach (var folder in folders.Values)
            Directory.Delete(folder, recursive: true);
    }

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("orrery-volume-").FullName;
        File.SetUnixFileMode(folder, Everybody);
        return folder;
    }
}

/// <param name="Folder">Of this machine.</param>
/// <param name="Path">In the container: new at the root, or one that this machine has.</param>
/// <param name="IsReadOnly">The container may not write.</param>
internal sealed record Mount(string Folder, string Path, bool IsReadOnly);
