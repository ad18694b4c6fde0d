using System.Globalization;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Isolation;
using Orrery.Node.Runs;

namespace Orrery.Node.Pods;

/// <summary>The variables that a pod's process has; there are no others.</summary>
internal static class PodEnvironment
{
    /// <summary>The home and working folder where /tmp is the pod's own.</summary>
    public const string PrivateHome = "/tmp/pod";

    private const string ProgramPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>In machines without namespaces, the mark by which a pod's processes are found.</summary>
    private const string Marker = "ORRERY_POD";

    public static IEnumerable<(string Name, string Value)> Variables(RunState state, PodState pod, NodeServices node)
    {
        var spec = state.SpecOf(pod);
        yield return ("PATH", ProgramPath);
        yield return ("HOME", Home(pod, node));
        yield return ("USER", spec.WorkspaceId); // its user has no entry in /etc/passwd
        yield return ("LOGNAME", spec.WorkspaceId);
        yield return ("RANK", Number(pod.Rank));
        yield return ("WORLD_SIZE", Number(spec.Replicas.Count));
        yield return ("LOCAL_RANK", "0");
        yield return ("NODE_RANK", Number(pod.Rank));
        yield return ("MASTER_ADDR", MasterAddress(state, pod));
        yield return ("MASTER_PORT", Number(state.MasterPort));
        yield return ("WORKLOAD_ID", spec.WorkloadId);
        yield return ("POD_NAME", Name(spec, pod));
        yield return ("POD_IP", pod.Ip);
        yield return ("DISPATCH_COUNT", Number(pod.Run));
        foreach (var (name, value) in spec.Files is null ? [] : ProgramFolders.Variables(Home(pod, node)))
            yield return (name, value);
        foreach (var (name, value) in spec.Env)
            yield return (name, value);
        if (node.Machine.Mode == IsolationMode.Plain)
            yield return (Marker, Mark(pod, node));
    }

    /// <summary>The assignment that marks a process of the pod.</summary>
    public static string MarkOf(PodState pod, NodeServices node) => $"{Marker}={Mark(pod, node)}";

    /// <summary>A StatefulSet's replicas keep their names over updates.</summary>
    public static string Name(RunSpec spec, PodState pod) =>
        spec.Kind == WorkloadKinds.StatefulSet ? $"{spec.WorkloadId}-{pod.Rank}" : pod.PodId;

    public static string Scratch(PodState pod, NodeServices node) => Path.Combine(node.Folder.Pod(pod.PodId), "tmp", "pod");

    public static string Home(PodState pod, NodeServices node) =>
        node.Machine.Mode == IsolationMode.Plain ? Scratch(pod, node) : PrivateHome;

    private static string Mark(PodState pod, NodeServices node) => $"{node.Machine.Hash}/{pod.PodId}";

    private static string MasterAddress(RunState state, PodState pod) =>
        (state.Pods.Find(p => p.Rank == 0 && p.Run == pod.Run) ?? state.Pods.Find(p => p.Rank == 0))?.Ip ?? pod.Ip;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
