using System.Diagnostics;
using System.Text;
using Orrery.Node.Hosting;
using Orrery.Node.Logs;
using Orrery.Node.Network;
using Orrery.Node.Posix;
using Orrery.Node.Runs;

namespace Orrery.Node.Pods;

/// <summary>Prepares a pod's folder and starts its supervisor.</summary>
internal sealed class PodLauncher(NodeServices node)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode SharedTemporary = (UnixFileMode)0x3FF; // 1777

    private string Script => Path.Combine(node.Folder.Root, "pod.sh");

    /// <summary>Puts the supervisor's script in place. By rename: supervisors that run read the old one on.</summary>
    public void InstallScript()
    {
        using var source = typeof(PodLauncher).Assembly.GetManifestResourceStream("pod.sh")!;
        using var text = new MemoryStream();
        source.CopyTo(text);
        Files.WriteDurably(Script, text.ToArray());
    }

    public Container ContainerOf(PodState pod) => new(Path.Combine(node.Folder.Pod(pod.PodId), $"c{pod.Container}"));

    public static string GroupOf(PodState pod) => $"{pod.PodId}-c{pod.Container}";

    /// <summary>The pod's folder, its pipe and its log.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Prepare(RunState state, PodState pod)
    {
        var folder = node.Folder.Pod(pod.PodId);
        var scratch = PodEnvironment.Scratch(pod, node);
        if (pod.Reason == PodEnd.Evicted)
            Files.DeleteTree(Path.GetDirectoryName(scratch)!); // it would be evicted again
        Directory.CreateDirectory(scratch);
        File.SetUnixFileMode(folder, OwnerOnly);
        File.SetUnixFileMode(Path.GetDirectoryName(scratch)!, SharedTemporary);
        File.SetUnixFileMode(scratch, OwnerOnly);
        if (node.Machine.IsRoot)
        {
            var user = node.Users.Of(state.Spec.WorkspaceId);
            _ = Native.ChangeOwner(scratch, user, user);
        }
        if (state.SpecOf(pod).Files is { } files)
            ProgramFolders.Make(files, scratch, node.Machine.IsRoot ? node.Users.Of(state.Spec.WorkspaceId) : null);
        if (!File.Exists(Path.Combine(folder, "out")))
            MakeOutput(Path.Combine(folder, "out"), state);
        OpenLog(state, pod);
    }

    /// <summary>The pod's user may write it, so that programs can open /dev/stdout and /dev/stderr.</summary>
    private void MakeOutput(string path, RunState state)
    {
        _ = Native.MakeFifo(path, 0x180);
        if (!node.Machine.IsRoot)
            return;
        var user = node.Users.Of(state.Spec.WorkspaceId);
        _ = Native.ChangeOwner(path, user, user);
        File.SetUnixFileMode(path, UnixFileMode.UserWrite);
    }

    public void OpenLog(RunState state, PodState pod) => node.Logs.Open(pod.PodId, () => new PodOutput(
        node.Folder.Pod(pod.PodId), node.Folder.Log(state.Spec.WorkloadId, pod.PodId), node.Options, node.Clock));

    /// <summary>Starts the container whose number the pod already has on disk.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Launch(RunState state, PodState pod, List<string> warnings)
    {
        Prepare(state, pod);
        var container = ContainerOf(pod);
        Directory.CreateDirectory(container.Folder, OwnerOnly);
        _ = Native.MakeFifo(Path.Combine(container.Folder, "ack"), 0x180);
        var spec = state.SpecOf(pod);
        var groups = node.Machine.Cgroups.Create(GroupOf(pod), spec.Resources, node.Options.MaxProcesses, warnings);
        Write(container, "plan", ShellText.Assignments(Plan(state, pod, groups)));
        var exports = ShellText.Assignments(PodEnvironment.Variables(state, pod, node), "export ");
        Write(container, "run.sh", exports + $"exec {ShellText.Run(spec.EntryPoint)} </dev/null\n");
        Write(container, "env.sh", exports);
        if (node.Machine.IsRoot)
        {
            var user = node.Users.Of(spec.WorkspaceId);
            _ = Native.ChangeOwner(Path.Combine(container.Folder, "env.sh"), user, user);
        }
        Write(container, "hosts", HostsFile(state));
        File.SetUnixFileMode(Path.Combine(container.Folder, "hosts"), (UnixFileMode)0x1A4);
        using var process = Process.Start(new ProcessStartInfo("setsid", ["--fork", "/bin/sh", Script, "shim", container.Folder])
        {
            WorkingDirectory = "/",
        })!;
        process.WaitForExit();
    }

    /// <summary>What programs find their own name and their peers' in: there is no name server.</summary>
    private static string HostsFile(RunState state) => "127.0.0.1 localhost\n" + string.Concat(state.Pods
        .Where(p => p.Ip.Length > 0).Select(p => $"{p.Ip} {PodEnvironment.Name(state.SpecOf(p), p)}\n"));

    private List<(string Name, string Value)> Plan(RunState state, PodState pod, IReadOnlyList<string> groups)
    {
        var spec = state.SpecOf(pod);
        var machine = node.Machine;
        var folder = node.Folder.Pod(pod.PodId);
        var bridge = machine.Bridge is { } b && b.Owns(pod.Ip) ? b : null;
        var name = PodEnvironment.Name(spec, pod);
        var isMemoryLimited = machine.Cgroups.Version != "none";
        return
        [
            ("mode", machine.Mode.ToString().ToLowerInvariant()),
            ("script", Script),
            ("workload", spec.WorkloadId),
            ("wake", node.Folder.Wake),
            ("fifo", Path.Combine(folder, "out")),
            ("tmp", Path.Combine(folder, "tmp")),
            ("home", PodEnvironment.Home(pod, node)),
            ("data", node.Folder.Data),
            ("uid", machine.IsRoot ? $"{node.Users.Of(spec.WorkspaceId)}" : ""),
            ("shm", spec.Resources.SharedMemoryBytes > 0 ? $"{spec.Resources.SharedMemoryBytes}" : "50%"),
            ("datalimit", isMemoryLimited || spec.Resources.MemoryBytes <= 0 ? "" : $"{spec.Resources.MemoryBytes / 1024}"),
            ("hostname", name[..Math.Min(63, name.Length)]),
            ("cgroups", string.Join(' ', groups)),
            ("netns", bridge?.NamespaceOf(pod.Ip) ?? ""),
            ("bridge", bridge?.Name ?? ""),
            ("veth", bridge?.CableOf(pod.Ip) ?? ""),
            ("mac", bridge is null ? "" : Bridge.HardwareAddress(pod.Ip)),
            ("ip", pod.Ip),
        ];
    }

    /// <summary>Readable by the owner only: it may hold secrets.</summary>
    private static void Write(Container container, string name, string text)
    {
        using var file = new FileStream(Path.Combine(container.Folder, name), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
