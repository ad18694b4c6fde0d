namespace Orrery.Kubernetes.Testing.Api;

/// <summary>A resource that the server has.</summary>
/// <param name="Group">"" for the core group.</param>
/// <param name="Version">Like <c>v1</c>.</param>
/// <param name="Plural">In addresses.</param>
/// <param name="Kind">In objects.</param>
/// <param name="IsNamespaced">False for those of the cluster.</param>
/// <param name="IsCustom">Of an installed definition: lists have no keys.</param>
public sealed record ResourceKind(string Group, string Version, string Plural, string Kind, bool IsNamespaced, bool IsCustom = false)
{
    public string Resource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public static IReadOnlyList<ResourceKind> BuiltIn { get; } =
    [
        new("", "v1", "pods", "Pod", true),
        new("", "v1", "services", "Service", true),
        new("", "v1", "secrets", "Secret", true),
        new("", "v1", "configmaps", "ConfigMap", true),
        new("", "v1", "serviceaccounts", "ServiceAccount", true),
        new("", "v1", "events", "Event", true),
        new("", "v1", "resourcequotas", "ResourceQuota", true),
        new("", "v1", "namespaces", "Namespace", false),
        new("", "v1", "nodes", "Node", false),
        new("apps", "v1", "deployments", "Deployment", true),
        new("apps", "v1", "replicasets", "ReplicaSet", true),
        new("apps", "v1", "statefulsets", "StatefulSet", true),
    ];

    /// <summary>What Kubeflow's definition installs.</summary>
    public static ResourceKind PyTorchJob { get; } = new("kubeflow.org", "v1", "pytorchjobs", "PyTorchJob", true, IsCustom: true);
}
