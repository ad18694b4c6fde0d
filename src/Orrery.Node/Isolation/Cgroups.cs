using Orrery.Contracts.Runs;
using Orrery.Node.Posix;

namespace Orrery.Node.Isolation;

/// <summary>Limits of memory, processor time and number of processes, where the kernel lets us set them.</summary>
internal sealed class Cgroups
{
    private const string Mount = "/sys/fs/cgroup";
    private const long CpuPeriodMicroseconds = 100_000;

    private const long LeastShares = 2;
    private const long MostShares = 262_144;

    private static readonly long MachineMillis = Environment.ProcessorCount * 1000L;

    private readonly string group;
    private readonly string[] controllers;

    private Cgroups(string version, string group, string[] controllers) =>
        (Version, this.group, this.controllers) = (version, group, controllers);

    /// <summary>v1, v2 or none.</summary>
    public string Version { get; }

    public static Cgroups Find(string hash, bool isRoot, List<string> problems)
    {
        var name = $"orrery-{hash}";
        if (!isRoot)
            return new("none", name, []);
        if (File.Exists($"{Mount}/cgroup.controllers"))
            return FindUnified(name, problems);
        string[] all = ["memory", "cpu", "pids"];
        var usable = all.Where(c => Directory.Exists($"{Mount}/{c}") && TryCreate($"{Mount}/{c}/{name}")).ToArray();
        TryWrite($"{Mount}/cpu/{name}/cpu.shares", $"{Shares(MachineMillis)}");
        foreach (var missing in all.Except(usable))
            problems.Add($"{missing} of pods is not limited: the cgroup controller cannot be written");
        return new(usable.Length == 0 ? "none" : "v1", name, usable);
    }

    private static Cgroups FindUnified(string name, List<string> problems)
    {
        foreach (var controller in (string[])["memory", "cpu", "pids"])
        {
            var isEnabled = TryWrite($"{Mount}/cgroup.subtree_control", $"+{controller}") &&
                TryCreate($"{Mount}/{name}") &&
                TryWrite($"{Mount}/{name}/cgroup.subtree_control", $"+{controller}");
            if (!isEnabled)
                problems.Add($"{controller} of pods is not limited: the cgroup controller cannot be enabled");
        }
        TryWrite($"{Mount}/{name}/cpu.weight", $"{Weight(MachineMillis)}");
        return Directory.Exists($"{Mount}/{name}") ? new("v2", name, [""]) : new("none", name, []);
    }

    /// <summary>Makes the groups of a container and returns the files that a process writes itself into.</summary>
    public IReadOnlyList<string> Create(string container, ReplicaResources resources, int maxProcesses, List<string> warnings)
    {
        var joins = new List<string>();
        foreach (var controller in controllers)
        {
            var folder = Folder(controller, container);
            if (!TryCreate(folder))
            {
                warnings.Add($"limits could not be set: {folder} cannot be made");
                continue;
            }
            foreach (var (file, value) in Limits(controller, resources, maxProcesses))
            {
                var isSet = TryWrite($"{folder}/{file}", value);
                if (!isSet)
                    warnings.Add($"a limit could not be set: {file} = {value}");
            }
            joins.Add($"{folder}/cgroup.procs");
        }
        return joins;
    }

    /// <summary>The files by which a process joins a container that has been made.</summary>
    public IReadOnlyList<string> Existing(string container) =>
        [.. controllers.Select(c => $"{Folder(c, container)}/cgroup.procs").Where(File.Exists)];

    /// <summary>The kernel killed something in it for want of memory.</summary>
    public bool HadOutOfMemory(string container)
    {
        var file = Version == "v1" ? $"{Folder("memory", container)}/memory.oom_control" : $"{Folder("", container)}/memory.events";
        return (Files.TryRead(file) ?? "").Split('\n').Any(l => l.StartsWith("oom_kill ", StringComparison.Ordinal) && l != "oom_kill 0");
    }

    /// <summary>Kills what is left in a container's groups and removes them; one that the kernel still holds goes at the next start.</summary>
    public void Remove(string container)
    {
        foreach (var folder in controllers.Select(c => Folder(c, container)).Where(Directory.Exists))
            RemoveFolder(folder);
    }

    public IEnumerable<string> Containers() => controllers
        .Select(c => $"{Mount}/{c}/{group}").Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
        .Select(f => Path.GetFileName(f)).Distinct();

    public void RemoveAll()
    {
        foreach (var container in Containers().ToList())
            Remove(container);
        foreach (var folder in controllers.Select(c => $"{Mount}/{c}/{group}").Where(Directory.Exists))
            RemoveFolder(folder);
    }

    private string Folder(string controller, string container) => $"{Mount}/{controller}/{group}/{container}";

    private IEnumerable<(string File, string Value)> Limits(string controller, ReplicaResources resources, int maxProcesses)
    {
        var quota = Math.Max(1000, resources.CpuMillis * CpuPeriodMicroseconds / 1000);
        var isUnified = Version == "v2";
        if (resources.MemoryBytes > 0 && (isUnified || controller == "memory"))
            yield return (isUnified ? "memory.max" : "memory.limit_in_bytes", $"{resources.MemoryBytes}");
        if (isUnified)
            yield return ("memory.swap.max", "0");
        if (resources.CpuMillis > 0 && isUnified)
        {
            yield return ("cpu.max", $"{quota} {CpuPeriodMicroseconds}");
            yield return ("cpu.weight", $"{Weight(resources.CpuMillis)}");
        }
        if (resources.CpuMillis > 0 && controller == "cpu")
        {
            yield return ("cpu.cfs_quota_us", $"{quota}");
            yield return ("cpu.shares", $"{Shares(resources.CpuMillis)}");
        }
        if (isUnified || controller == "pids")
            yield return ("pids.max", $"{maxProcesses}");
    }

    /// <summary>A busy machine is shared by what was asked for: 1024 a core, as the kernel counts a group by default.</summary>
    private static long Shares(long cpuMillis) => Math.Clamp(cpuMillis * 1024 / 1000, LeastShares, MostShares);

    /// <summary>The same in version 2, whose scale is 1 to 10,000.</summary>
    private static long Weight(long cpuMillis) => 1 + ((Shares(cpuMillis) - LeastShares) * 9_999 / (MostShares - LeastShares));

    private static void RemoveFolder(string folder)
    {
        try
        {
            foreach (var pid in File.ReadLines($"{folder}/cgroup.procs").Select(int.Parse))
                _ = Native.Kill(pid, Native.SigKill);
            Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // the kernel still holds it, or it is gone
        }
    }

    private static bool TryCreate(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryWrite(string file, string value)
    {
        try
        {
            File.WriteAllText(file, value);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
