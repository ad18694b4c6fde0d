using Orrery.Node.Hosting;
using Orrery.Node.Posix;

namespace Orrery.Node.Pods;

/// <summary>At the start of a node, removes what no workload owns: a node can be killed between any two steps.</summary>
internal sealed class Leftovers(NodeServices node)
{
    /// <param name="owned">Pods that some workload has.</param>
    public void Remove(IReadOnlyList<PodState> owned)
    {
        var live = owned.Where(p => p.Stage == PodStage.Live).ToList();
        foreach (var pod in owned)
            EndOldContainers(node.Folder.Pod(pod.PodId), pod.Stage == PodStage.Live ? pod.Container : -1);
        foreach (var folder in Directory.EnumerateDirectories(node.Folder.Pods).Where(f => !owned.Any(p => p.PodId == Path.GetFileName(f))))
        {
            EndOldContainers(folder, except: -1);
            TryDelete(folder);
        }
        var groups = live.Select(PodLauncher.GroupOf).ToHashSet();
        foreach (var group in node.Machine.Cgroups.Containers().Where(g => !groups.Contains(g)).ToList())
            node.Machine.Cgroups.Remove(group);
        node.Machine.Bridge?.Clean(node.Addresses.Used());
    }

    /// <summary>What cannot be removed now must not keep the node from its pods; the next start tries again.</summary>
    private static void TryDelete(string folder)
    {
        try
        {
            Files.DeleteTree(folder);
        }
        catch (IOException)
        {
            // it belongs to no workload and is in nobody's way
        }
    }

    private static void EndOldContainers(string podFolder, int except)
    {
        if (!Directory.Exists(podFolder))
            return;
        foreach (var folder in Directory.EnumerateDirectories(podFolder, "c*").Where(f => Path.GetFileName(f) != $"c{except}"))
        {
            var container = new Container(folder);
            if (container.Look() == ContainerLife.Unclaimed)
                container.TryClaim();
            container.Init?.Kill();
            container.Shim?.Kill();
        }
    }
}
