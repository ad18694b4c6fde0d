using System.Text.Json.Serialization.Metadata;
using Orrery.Kubernetes.Objects;

namespace Orrery.Kubernetes;

/// <summary>A kind of object and where the API has it.</summary>
/// <param name="Group">"" for the core group.</param>
/// <param name="Version">Like <c>v1</c>.</param>
/// <param name="Plural">Like <c>pods</c>.</param>
/// <param name="IsNamespaced">False for nodes and namespaces.</param>
/// <param name="Item">How one is written and read.</param>
/// <param name="List">How a page is read.</param>
public sealed record ResourceType<T>(string Group, string Version, string Plural, bool IsNamespaced, JsonTypeInfo<T> Item, JsonTypeInfo<ObjectList<T>> List)
    where T : IKubernetesObject
{
    /// <param name="ns">Null: over all namespaces, or the cluster's own.</param>
    /// <param name="name">Null: all of them.</param>
    internal string Path(string? ns, string? name = null)
    {
        if (name is not null && (ns is not null) != IsNamespaced)
            throw new ArgumentException(IsNamespaced ? $"{Plural} live in a namespace" : $"{Plural} live in no namespace", nameof(ns));
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        var all = ns is null ? $"{root}/{Plural}" : $"{root}/namespaces/{Uri.EscapeDataString(ns)}/{Plural}";
        return name is null ? all : $"{all}/{Uri.EscapeDataString(name)}";
    }
}

/// <summary>The kinds that Orrery works with.</summary>
public static class ResourceTypes
{
    private static readonly KubernetesJson Json = KubernetesJson.Default;

    public static ResourceType<Pod> Pods { get; } = new("", "v1", "pods", true, Json.Pod, Json.ObjectListPod);

    public static ResourceType<Service> Services { get; } = new("", "v1", "services", true, Json.Service, Json.ObjectListService);

    public static ResourceType<Secret> Secrets { get; } = new("", "v1", "secrets", true, Json.Secret, Json.ObjectListSecret);

    public static ResourceType<ResourceQuota> ResourceQuotas { get; } = new("", "v1", "resourcequotas", true, Json.ResourceQuota, Json.ObjectListResourceQuota);

    public static ResourceType<Namespace> Namespaces { get; } = new("", "v1", "namespaces", false, Json.Namespace, Json.ObjectListNamespace);

    public static ResourceType<ServiceAccount> ServiceAccounts { get; } = new("", "v1", "serviceaccounts", true, Json.ServiceAccount, Json.ObjectListServiceAccount);

    public static ResourceType<Node> Nodes { get; } = new("", "v1", "nodes", false, Json.Node, Json.ObjectListNode);

    public static ResourceType<CoreEvent> Events { get; } = new("", "v1", "events", true, Json.CoreEvent, Json.ObjectListCoreEvent);

    public static ResourceType<Deployment> Deployments { get; } = new("apps", "v1", "deployments", true, Json.Deployment, Json.ObjectListDeployment);

    public static ResourceType<StatefulSet> StatefulSets { get; } = new("apps", "v1", "statefulsets", true, Json.StatefulSet, Json.ObjectListStatefulSet);

    public static ResourceType<PyTorchJob> PyTorchJobs { get; } = new("kubeflow.org", "v1", "pytorchjobs", true, Json.PyTorchJob, Json.ObjectListPyTorchJob);
}
