using System.Collections.Concurrent;
using System.Globalization;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Work;

/// <summary>Keeps a namespace for each workspace that runs something, with a quota of what it may have at most.</summary>
/// <param name="client">Of the cluster.</param>
/// <param name="instance">Whose they are.</param>
/// <param name="most">Quota and borrowing limit of a workspace together; null: no such workspace.</param>
internal sealed class NamespaceKeeper(KubernetesClient client, string instance, Func<string, ResourceLimits?> most)
{
    private const string QuotaName = "orrery";
    private readonly ConcurrentDictionary<string, ResourceLimits> known = new(StringComparer.Ordinal);

    /// <exception cref="KubernetesException">The cluster refuses it or is out of reach.</exception>
    /// <exception cref="BackendRefusedException">The namespace is somebody else's.</exception>
    public async Task Ensure(string workspaceId, CancellationToken ct)
    {
        var limits = most(workspaceId) ?? ResourceLimits.Unlimited;
        if (known.TryGetValue(workspaceId, out var before) && before == limits)
            return;
        if (before is null)
            await EnsureNamespace(workspaceId, ct);
        await SetQuota(workspaceId, limits, ct);
        known[workspaceId] = limits;
    }

    /// <summary>Follows changes of the workspaces that have a namespace here.</summary>
    /// <exception cref="KubernetesException">The cluster refuses it or is out of reach.</exception>
    public async Task Refresh(CancellationToken ct)
    {
        foreach (var (workspaceId, before) in known)
        {
            if (most(workspaceId) is { } now && now != before)
                await Ensure(workspaceId, ct);
        }
    }

    private async Task EnsureNamespace(string name, CancellationToken ct)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Marks.Workspace] = name, [Marks.Instance] = instance };
        try
        {
            await client.Namespaces.Create(new Namespace { Metadata = new ObjectMeta { Name = name, Labels = labels } }, ct);
        }
        catch (KubernetesAlreadyExistsException)
        {
            var there = await client.Namespaces.Get(ns: null, name, ct);
            var isOurs = there.Label(Marks.Instance) is { } other ? other == instance : there.Label(Marks.Workspace) == name;
            if (!isOurs)
                throw new BackendRefusedException($"namespace '{name}' was there before and is not this workspace's; its admin lets Orrery use it with the labels {Marks.Workspace}={name} and {Marks.Instance}={instance}");
        }
    }

    private async Task SetQuota(string name, ResourceLimits limits, CancellationToken ct)
    {
        var hard = new Dictionary<string, string>(StringComparer.Ordinal);
        if (limits.CpuMillis is { } cpu)
            hard["requests.cpu"] = string.Create(CultureInfo.InvariantCulture, $"{cpu}m");
        if (limits.MemoryBytes is { } memory)
            hard["requests.memory"] = memory.ToString(CultureInfo.InvariantCulture);
        if (limits.Gpus is { } gpus)
            hard["requests.nvidia.com/gpu"] = gpus.ToString(CultureInfo.InvariantCulture);
        if (hard.Count == 0)
        {
            try
            {
                await client.ResourceQuotas.Delete(name, QuotaName, new DeleteOptions(), ct);
            }
            catch (KubernetesNotFoundException)
            {
                // nothing was limited before either
            }
            return;
        }
        var meta = new ObjectMeta { Name = QuotaName, Namespace = name, Labels = new(StringComparer.Ordinal) { [Marks.Workspace] = name, [Marks.Instance] = instance } };
        await client.ResourceQuotas.Apply(new K8s.ResourceQuota { Metadata = meta, Spec = new ResourceQuotaSpec(hard) }, force: true, ct);
    }
}
