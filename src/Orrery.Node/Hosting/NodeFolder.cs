namespace Orrery.Node.Hosting;

/// <summary>Where a node keeps its things: <c>&lt;data&gt;/node</c>, readable by its user only.</summary>
internal sealed class NodeFolder(string dataFolder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Data { get; } = Path.GetFullPath(dataFolder);

    public string Root => Path.Combine(Data, "node");

    public string Runs => Path.Combine(Root, "runs");

    public string Pods => Path.Combine(Root, "pods");

    public string Logs => Path.Combine(Root, "logs");

    public string Socket => Path.Combine(Root, SocketName);

    /// <summary>Where supervisors say that something has changed.</summary>
    public string Wake => Path.Combine(Root, "wake");

    public const string SocketName = "node.sock";

    public string Pod(string podId) => Path.Combine(Pods, podId);

    public string Log(string workloadId) => Path.Combine(Logs, workloadId);

    public string Log(string workloadId, string podId) => Path.Combine(Logs, workloadId, podId);

    public string RunFile(string workloadId) => Path.Combine(Runs, workloadId + ".json");

    /// <exception cref="IOException">The folder cannot be made.</exception>
    public void Create()
    {
        foreach (var folder in (string[])[Root, Runs, Pods, Logs])
            Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(Root, OwnerOnly);
    }
}
