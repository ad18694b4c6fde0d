using Orrery.Contracts.Agents;

namespace Orrery.Agent.Programs;

/// <summary>Where the program of one deployment lives while it runs, and what a workload left here for its next stage.</summary>
internal sealed class ProgramFolder
{
    /// <summary>Where a program finds its home when /tmp is its own.</summary>
    public const string PrivateHome = "/tmp/program";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(30);

    private readonly string memory;

    /// <param name="dataFolder">The agent's.</param>
    /// <param name="work">The deployment.</param>
    public ProgramFolder(string dataFolder, AgentWork work)
    {
        Work = Path.GetFullPath(Path.Combine(dataFolder, "programs", Name(work.DeploymentId)));
        memory = Path.GetFullPath(Path.Combine(dataFolder, "state", Name(work.PlanData.WorkloadId)));
    }

    public string Work { get; }

    public string Home => Path.Combine(Work, "tmp", "program");

    public string Input => Path.Combine(Home, "in");

    public string Output => Path.Combine(Home, "out");

    public string State => Path.Combine(Home, "state");

    public string Log => Path.Combine(Work, "log.txt");

    /// <summary>Fresh folders; what a workload remembers here is copied in, so that a failed attempt changes nothing of it.</summary>
    public void Make()
    {
        Remove();
        foreach (var folder in (string[])[Input, Output, State])
            Directory.CreateDirectory(folder, Readable);
        File.SetUnixFileMode(Work, OwnerOnly);
        if (!Directory.Exists(memory))
            return;
        foreach (var file in Directory.EnumerateFiles(memory))
            File.Copy(file, Path.Combine(State, Path.GetFileName(file)));
    }

    /// <summary>Keeps what the program remembers; either the old or the new is there, whatever happens.</summary>
    public void Remember()
    {
        var fresh = memory + ".new";
        var old = memory + ".old";
        Delete(fresh);
        Directory.CreateDirectory(fresh, OwnerOnly);
        foreach (var file in Plain(State))
            File.Copy(file.FullName, Path.Combine(fresh, file.Name));
        Delete(old);
        if (Directory.Exists(memory))
            Directory.Move(memory, old);
        Directory.Move(fresh, memory);
        Delete(old);
    }

    /// <summary>A kill between the two moves of <see cref="Remember"/> is made good, and what no workload has touched for long is forgotten.</summary>
    /// <param name="now">The wall's time.</param>
    public void Recover(DateTimeOffset now)
    {
        var all = Path.GetDirectoryName(memory)!;
        foreach (var other in Directory.Exists(all) ? Directory.EnumerateDirectories(all).Where(other => other != memory && now.UtcDateTime - Directory.GetLastWriteTimeUtc(other) > Forgotten) : [])
            Delete(other);
        if (!Directory.Exists(memory) && Directory.Exists(memory + ".old"))
            Directory.Move(memory + ".old", memory);
    }

    public void Remove() => Delete(Work);

    /// <summary>Files of a folder that a program filled.</summary>
    /// <exception cref="InvalidDataException">There is something else in it than plain files.</exception>
    public static IReadOnlyList<FileInfo> Plain(string folder)
    {
        var entries = new DirectoryInfo(folder).GetFileSystemInfos();
        return entries.FirstOrDefault(entry => entry is not FileInfo || entry.LinkTarget is not null || !IsRegular(entry)) is { } odd
            ? throw new InvalidDataException($"'{odd.Name}' is not a plain file that can be read; only such are kept, put folders into one archive")
            : [.. entries.Cast<FileInfo>().OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>What has bytes is a file; of what has none, .NET does not tell files from pipes and devices.</summary>
    private static bool IsRegular(FileSystemInfo entry) => entry.Exists && (entry is FileInfo { Length: > 0 } || SystemProgram.Succeeds("test", "-f", entry.FullName));

    private static string Name(string id) => id.Length is > 0 and <= 128 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        ? id
        : throw new ArgumentException($"'{id}' cannot be the name of a folder.", nameof(id));

    /// <summary>Strangers may have filled it, with names that are not text, deeper than a path may be long, and closed: links are not followed.</summary>
    private static void Delete(string folder)
    {
        if (!Directory.Exists(folder) || SystemProgram.Succeeds("rm", "-rf", "--", folder))
            return;
        _ = SystemProgram.Succeeds("chmod", "-R", "u+rwX", "--", folder);
        if (!SystemProgram.Succeeds("rm", "-rf", "--", folder))
            throw new IOException($"{folder} cannot be removed.");
    }
}
