using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;
using PodStatus = Orrery.Contracts.Runs.PodStatus;

namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <summary>What is wanted of a workload, what the cluster has of it, and what of it has gone. Everything but <see cref="Turn"/> is read and written under <see cref="Gate"/>.</summary>
internal sealed class TrackedWorkload(string id)
{
    private bool isDue;

    public string Id => id;

    public Lock Gate { get; } = new();

    /// <summary>Who changes the workload's objects takes turns.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Something has changed that no turn has looked at yet.</summary>
    public bool IsDue
    {
        get => Volatile.Read(ref isDue);
        set => Volatile.Write(ref isDue, value);
    }

    /// <summary>Its namespace; null: nothing is known of it.</summary>
    public string? Workspace { get; set; }

    /// <summary>As it was asked for last; null: not since this server started.</summary>
    public RunSpec? Wanted { get; set; }

    public bool IsRemoving { get; set; }

    /// <summary>It was removed; should it come again, that is another object.</summary>
    public bool IsDropped { get; set; }

    /// <summary>By name.</summary>
    public Dictionary<string, K8s.Pod> Pods { get; } = new(StringComparer.Ordinal);

    public Deployment? Deployment { get; set; }

    public StatefulSet? StatefulSet { get; set; }

    /// <summary>By name.</summary>
    public Dictionary<string, K8s.Service> Services { get; } = new(StringComparer.Ordinal);

    /// <summary>Kubeflow's, by name.</summary>
    public Dictionary<string, PyTorchJob> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>How pods of the newest run ended whose objects are gone, by pod id.</summary>
    public Dictionary<string, PodStatus> Gone { get; } = new(StringComparer.Ordinal);

    /// <summary>What was sent since this server started.</summary>
    public HashSet<ObjectRef> Sent { get; } = [];

    /// <summary>While it is removed: what was sent and is not known to be gone.</summary>
    public HashSet<ObjectRef> Left { get; } = [];

    /// <summary>Pods that were deleted here, by uid.</summary>
    public HashSet<string> Ended { get; } = new(StringComparer.Ordinal);

    /// <summary>Pods that ran when someone else deleted them, by uid.</summary>
    public HashSet<string> Taken { get; } = new(StringComparer.Ordinal);

    /// <summary>Ranks of pods that do not name theirs, by uid.</summary>
    public Dictionary<string, int> Ranks { get; } = new(StringComparer.Ordinal);

    /// <summary>Pods whose liveness failed, by uid.</summary>
    public HashSet<string> Unhealthy { get; } = new(StringComparer.Ordinal);

    /// <summary>Why pods were ended that had hung, by uid.</summary>
    public Dictionary<string, string> Hung { get; } = new(StringComparer.Ordinal);

    /// <summary>Why the cluster will never take the run; null: it does.</summary>
    public string? Refused { get; set; }

    /// <summary>Pods that have got their files from here, and those that were let go once they were over, by uid.</summary>
    public HashSet<(string Uid, bool IsOver)> Served { get; } = [];

    /// <summary>How often in a row its pod did not take its files.</summary>
    public int FilesRefused { get; set; }

    /// <summary>Why its pod has not got its files; null: it has, or needs none, or they are on their way.</summary>
    public string? FilesProblem { get; set; }

    /// <summary>All replicas of a service were up once.</summary>
    public bool HasStarted { get; set; }

    /// <summary>The run of the template of which all replicas were ready once: its update is over.</summary>
    public int SettledTemplate { get; set; }

    /// <summary>As it was told last.</summary>
    public string? LastTold { get; set; }

    /// <summary>The run of what was told last.</summary>
    public int LastRun { get; set; }

    public bool HasObjects => Pods.Count > 0 || Services.Count > 0 || Jobs.Count > 0 || Deployment is not null || StatefulSet is not null;

    public bool HasPodsOf(int run)
    {
        lock (Gate)
            return Pods.Values.Any(pod => pod.RunOf() == run);
    }

    public string Kind => Wanted?.Kind ?? Everything().Select(item => item.Label(Marks.Kind)).FirstOrDefault(kind => kind is not null) ?? WorkloadKinds.PyTorchJob;

    /// <summary>The newest run; 0: there is none.</summary>
    public int Run => Math.Max(Wanted?.Run ?? 0, Math.Max(Everything().Select(Marks.RunOf).DefaultIfEmpty().Max(), Gone.Values.Select(pod => pod.Run).DefaultIfEmpty().Max()));

    public IEnumerable<IKubernetesObject> Everything()
    {
        if (Deployment is not null)
            yield return Deployment;
        if (StatefulSet is not null)
            yield return StatefulSet;
        foreach (var job in Jobs.Values)
            yield return job;
        foreach (var service in Services.Values)
            yield return service;
        foreach (var pod in Pods.Values)
            yield return pod;
    }

    /// <summary>A newer run begins: what is remembered of the one before is over.</summary>
    public void Begin(RunSpec run)
    {
        if (Wanted is not null && run.Run > Wanted.Run)
            (Refused, FilesProblem, FilesRefused) = (null, null, 0);
        (Wanted, Workspace, IsRemoving) = (run, run.WorkspaceId, false);
        foreach (var old in Gone.Where(pair => pair.Value.Run < run.Run).Select(pair => pair.Key).ToList())
            Gone.Remove(old);
    }
}

/// <param name="Plural">Of its kind.</param>
/// <param name="Name">In the workload's namespace.</param>
internal readonly record struct ObjectRef(string Plural, string Name);
