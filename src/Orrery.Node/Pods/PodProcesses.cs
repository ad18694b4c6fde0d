using Orrery.Node.Hosting;
using Orrery.Node.Isolation;
using Orrery.Node.Posix;

namespace Orrery.Node.Pods;

/// <summary>Finds, signals and ends all processes of a pod.</summary>
internal sealed class PodProcesses(NodeServices node)
{
    /// <summary>SIGTERM to all of the pod but its process 1, SIGKILL to its shells.</summary>
    public void Terminate(PodState pod, Container container)
    {
        container.MarkStop();
        var init = container.Init;
        var shells = Shells(pod);
        foreach (var pid in Find(pod, init))
        {
            var session = ProcessTable.Find(pid)?.Session ?? 0;
            if (shells.Contains(session))
                _ = Native.Kill(pid, Native.SigKill);
            else if (pid != init?.Pid)
                _ = Native.Kill(pid, Native.SigTerm);
        }
    }

    /// <summary>SIGKILL to all, as often as it takes for those who hide by forking.</summary>
    public void Kill(PodState pod, Container container)
    {
        container.Kill();
        Sweep(pod);
    }

    /// <summary>Ends what could have been left of an ended pod.</summary>
    public void Sweep(PodState pod)
    {
        if (node.Machine.Mode != IsolationMode.Plain)
            return; // the kernel has ended the whole pid namespace
        for (var round = 0; round < 100; round++)
        {
            var left = Find(pod, init: null).ToList();
            if (left.Count == 0)
                return;
            foreach (var pid in left)
                _ = Native.Kill(pid, Native.SigKill);
        }
    }

    private IEnumerable<int> Find(PodState pod, ProcessIdentity? init)
    {
        if (node.Machine.Mode == IsolationMode.Plain)
        {
            var mark = PodEnvironment.MarkOf(pod, node);
            return ProcessTable.Pids().Where(p => ProcessTable.Find(p) is { IsZombie: false } && ProcessTable.HasVariable(p, mark));
        }
        var pidNamespace = init is { IsAlive: true } ? ProcessTable.PidNamespace(init.Pid) : null;
        return pidNamespace is null ? [] : ProcessTable.Pids().Where(p => ProcessTable.PidNamespace(p) == pidNamespace);
    }

    /// <summary>Sessions that shells have opened.</summary>
    private HashSet<int> Shells(PodState pod)
    {
        var folder = Path.Combine(node.Folder.Pod(pod.PodId), "shells");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(f => int.TryParse(Path.GetFileName(f), out var session) ? session : 0)]
            : [];
    }
}
