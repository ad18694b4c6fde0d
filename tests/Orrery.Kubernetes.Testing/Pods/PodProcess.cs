using System.Diagnostics;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>A container as processes of this machine, in namespaces of their own: its ports, and all that it starts ends with it.</summary>
internal sealed class PodProcess : IDisposable
{
    /// <summary>First process of the container: passes SIGTERM on, and ends as the program ends.</summary>
    private const string Init = "ip link set lo up 2>/dev/null; trap 'kill -TERM $p 2>/dev/null' TERM; \"$@\" 2>&1 & p=$!; while :; do wait $p; c=$?; kill -0 $p 2>/dev/null || break; done; exit $c";

    private readonly Process process;
    private readonly bool hasRoot;

    public PodProcess(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables, IReadOnlyList<Mount> mounts, PodLog log)
    {
        Folder = Directory.CreateTempSubdirectory("orrery-kubelet-").FullName;
        hasRoot = mounts.Count > 0;
        var init = hasRoot ? ContainerRoot.Script(Folder, mounts, Init) : Init;
        var start = new ProcessStartInfo("unshare", [.. Namespaces, "/bin/sh", "-c", init, "sh", .. command]) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Folder };
        SetEnvironment(start, variables);
        process = Process.Start(start) ?? throw new InvalidOperationException("unshare did not start");
        Ended = End(log);
    }

    public string Folder { get; }

    /// <summary>The exit code, when nothing of it is left and its log is complete.</summary>
    public Task<int> Ended { get; }

    private static string[] Namespaces => Environment.IsPrivilegedProcess
        ? ["--net", "--pid", "--mount-proc", "--fork", "--kill-child", "--"]
        : ["--user", "--map-root-user", "--net", "--pid", "--mount-proc", "--fork", "--kill-child", "--"];

    public bool HasEnded => process.HasExited;

    /// <summary>Completes when its first process is there.</summary>
    public async Task Start(TimeProvider clock)
    {
        while (!process.HasExited && (Children().Length == 0 || (hasRoot && !File.Exists(ContainerRoot.Mark(Folder)))))
            await Task.Delay(TimeSpan.FromMilliseconds(2), clock);
    }

    /// <summary>A program in the container: by <c>nsenter</c>, with its arguments.</summary>
    public ProcessStartInfo Enter(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo("nsenter", ["--target", $"{InitPid}", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--user", "--preserve-credentials"], "--net", "--pid", "--mount", .. hasRoot ? ["--root", "--wd"] : new[] { $"--wd={Folder}" }, "--", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        SetEnvironment(start, variables);
        return start;
    }

    /// <summary>SIGTERM, and SIGKILL when that does not help.</summary>
    public async Task Stop(TimeSpan grace, TimeProvider clock)
    {
        Signal("TERM");
        try
        {
            await Ended.WaitAsync(grace, clock);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await Ended;
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
        using var remove = Process.Start("/bin/rm", ["-rf", "--", Folder]); // also folders deeper than a path may be long
        remove.WaitForExit();
    }

    /// <summary>The child of unshare: process 1 of the container.</summary>
    private int InitPid => int.Parse(Children()[0]);

    private string[] Children()
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/task/{process.Id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return []; // it has ended, perhaps while it was read
        }
    }

    private async Task<int> End(PodLog log)
    {
        await log.Read(process.StandardOutput.BaseStream);
        await process.WaitForExitAsync();
        log.End();
        return process.ExitCode;
    }

    private void Signal(string name)
    {
        try
        {
            using var kill = Process.Start("/bin/kill", [$"-{name}", $"{InitPid}"]);
            kill.WaitForExit();
        }
        catch (Exception e) when (e is IOException or IndexOutOfRangeException or InvalidOperationException)
        {
            // it has ended
        }
    }

    private static void SetEnvironment(ProcessStartInfo start, IReadOnlyDictionary<string, string> variables)
    {
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
    }
}
