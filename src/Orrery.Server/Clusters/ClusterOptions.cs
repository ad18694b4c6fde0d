using System.ComponentModel.DataAnnotations;

namespace Orrery.Server.Clusters;

/// <summary>Section <c>Clusters</c>.</summary>
internal sealed record ClusterOptions
{
    /// <summary>A supervised run whose logs have not grown for so long has hung.</summary>
    [Range(0.1, 86_400)]
    public double HangTimeoutS { get; init; } = 1200;

    /// <summary>Between SIGTERM and SIGKILL.</summary>
    [Range(0, 600)]
    public double GraceS { get; init; } = 5;

    /// <summary>A lender's first in line waits at most so long for quota that others borrowed.</summary>
    [Range(0, 86_400)]
    public double ReclaimAfterS { get; init; } = 60;

    /// <summary>Rows are compared with memory this often: what a lost signal left is found then.</summary>
    [Range(0.05, 3600)]
    public double ResyncS { get; init; } = 5;

    /// <summary>Logs are kept so long after the end.</summary>
    [Range(0.001, 3650)]
    public double LogDays { get; init; } = 7;

    /// <summary>A stop answers when nothing of the workload is left, or after so long (it goes on then).</summary>
    [Range(0, 60)]
    public double StopWaitS { get; init; } = 10;

    /// <summary>A run whose inputs are not in the storage is waited for so long, and then fails.</summary>
    [Range(0, 86_400)]
    public double InputsPatienceS { get; init; } = 600;

    /// <summary>Runs processes of this machine as cluster <c>local</c>.</summary>
    public bool Local { get; init; } = true;

    /// <summary>Nodes to try gangs and queues with, beside the machine's own; all are this machine.</summary>
    public IReadOnlyList<DeclaredNode> Nodes { get; init; } = [];

    /// <summary>Settings of the node process, as <c>Name=value</c>; it is started with them.</summary>
    public IReadOnlyList<string> NodeSettings { get; init; } = [];

    /// <summary>Kubernetes clusters, beside those that admins register.</summary>
    public IReadOnlyList<ConfiguredCluster> Kubernetes { get; init; } = [];

    /// <summary>Where ground stages of orbital workloads run when they name no workspace.</summary>
    public string GroundWorkspace { get; init; } = "default";
}

/// <summary>A node that the configuration declares.</summary>
internal sealed record DeclaredNode
{
    [Required, RegularExpression("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?")]
    public string Name { get; init; } = "";

    /// <summary>Cores, as a Kubernetes quantity.</summary>
    [Required]
    public string Cpu { get; init; } = "";

    [Required]
    public string Memory { get; init; } = "";

    [Range(0, 1024)]
    public int Gpu { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Taints { get; init; } = [];
}

/// <summary>A Kubernetes cluster that the configuration names: whatever a kubeconfig may hold is allowed.</summary>
internal sealed record ConfiguredCluster
{
    /// <summary>1–63 of a–z, 0–9 and '-'.</summary>
    public string Id { get; init; } = "";

    /// <summary>Paths as in <c>KUBECONFIG</c>; "": that variable, else <c>~/.kube/config</c>.</summary>
    public string Kubeconfig { get; init; } = "";

    /// <summary>"": the current one.</summary>
    public string Context { get; init; } = "";

    /// <summary>The cluster whose pod this server is, as its service account.</summary>
    public bool InCluster { get; init; }
}
