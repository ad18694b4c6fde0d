namespace Orrery.Cli.Hosting;

/// <summary>Orrery's own program at a place that pods see: they have a /tmp and a /var/tmp of their own, and started by root they are users of their own.</summary>
internal sealed class DemoProgram : IDisposable
{
    private const string FileName = "orrery.dll";
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode FolderForAll = ForAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>A pod's /tmp, /var/tmp and /run are its own; this it sees.</summary>
    private static readonly string Caches = Environment.IsPrivilegedProcess
        ? System.IO.Path.Join("/var", "cache")
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);

    private readonly string? copy;

    private DemoProgram(string folder, string? copy) => (Path, this.copy) = (System.IO.Path.Combine(folder, FileName), copy);

    public string Path { get; }

    /// <summary>Why pods could not run it; null: they can.</summary>
    public string? Problem { get; } = Environment.IsPrivilegedProcess && Closed(Environment.ProcessPath!) is { } closed
        ? $"pods are users of their own, and only root may use {closed}"
        : null;

    /// <summary>Where it lies when pods see that, and a copy otherwise, until this is disposed.</summary>
    public static DemoProgram ForPods()
    {
        var here = AppContext.BaseDirectory;
        var isSeen = here.Split('/') is not (["", "tmp" or "run", ..] or ["", "var", "tmp", ..]) && (!Environment.IsPrivilegedProcess || Closed(System.IO.Path.Combine(here, FileName)) is null);
        if (isSeen)
            return new(here, copy: null);
        var place = System.IO.Path.Join(Caches, $"orrery-demo-{Guid.NewGuid():N}");
        Directory.CreateDirectory(place);
        File.SetUnixFileMode(place, FolderForAll);
        foreach (var file in Directory.EnumerateFiles(here).Where(file => System.IO.Path.GetExtension(file) is ".dll" or ".json"))
        {
            var target = System.IO.Path.Combine(place, System.IO.Path.GetFileName(file));
            File.Copy(file, target);
            File.SetUnixFileMode(target, ForAll);
        }
        return new(place, copy: place);
    }

    public void Dispose()
    {
        if (copy is not null)
            Directory.Delete(copy, recursive: true);
    }

    /// <summary>The first part of a path that others may not use; null: they may use all of it.</summary>
    private static string? Closed(string path)
    {
        var real = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
        if (!File.GetUnixFileMode(real).HasFlag(UnixFileMode.OtherRead))
            return real;
        for (var folder = System.IO.Path.GetDirectoryName(real); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (!File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute))
                return folder;
        }
        return null;
    }
}
