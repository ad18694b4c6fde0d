using System.Globalization;
using Orrery.Node.Posix;

namespace Orrery.Node.Pods;

internal enum ContainerLife
{
    /// <summary>Its supervisor has not begun.</summary>
    Unclaimed,
    Starting,
    Running,
    Exited,

    /// <summary>Its supervisor was killed.</summary>
    Lost,

    /// <summary>It ran before the machine restarted.</summary>
    OtherBoot,
}

/// <summary>One start of a pod, seen through the files that its supervisor writes.</summary>
internal sealed class Container(string folder)
{
    public string Folder { get; } = folder;

    public ProcessIdentity? Shim => ProcessIdentity.Read(FileOf("shim"));

    /// <summary>Process 1 of the pod.</summary>
    public ProcessIdentity? Init => ProcessIdentity.Read(FileOf("init"));

    public int? ExitCode => Files.TryRead(FileOf("exit")) is [.. var digits, '\n'] && int.TryParse(digits, CultureInfo.InvariantCulture, out var code) ? code : null;

    public IReadOnlyList<string> Warnings =>
        [.. (Files.TryRead(FileOf("warnings")) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct()];

    public ContainerLife Look()
    {
        var shim = Shim;
        if (shim is null)
            return Path.Exists(FileOf("claim")) ? ContainerLife.Starting : ContainerLife.Unclaimed;
        if (!shim.IsThisBoot)
            return ContainerLife.OtherBoot;
        // The order matters: a supervisor that dies after the first look has written its exit before.
        var isAlive = shim.IsAlive;
        if (ExitCode is not null)
            return ContainerLife.Exited;
        if (!isAlive)
            return ContainerLife.Lost;
        return Init is null ? ContainerLife.Starting : ContainerLife.Running;
    }

    /// <summary>Takes the start away from a supervisor that has not begun: it will not run then.</summary>
    public bool TryClaim()
    {
        // The supervisor creates a file of that name, and only where there is nothing: one of the two is first.
        Directory.CreateDirectory(Folder);
        return Native.MakeDirectory(FileOf("claim"), 0x1C0) == 0;
    }

    /// <summary>Tells process 1 that the end is wanted: it lets the others finish.</summary>
    public void MarkStop() => File.WriteAllText(FileOf("stop"), "");

    /// <summary>Ends everything at once.</summary>
    public void Kill()
    {
        if (Init is { IsAlive: true } init)
            init.Kill();
        else if (ExitCode is null)
            Shim?.Kill();
    }

    /// <summary>Lets the supervisor go, which holds the output open until here.</summary>
    public void Acknowledge() => Shim?.Kill();

    private string FileOf(string name) => Path.Combine(Folder, name);
}
