using System.Text.Json;
using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Tests.Support;
using Xunit;

namespace Orrery.Kubernetes.Tests.Contract;

/// <summary>What a cluster does, as this client sees it: run on the double always, and on a real cluster to hold the double to it.</summary>
public abstract partial class ClusterContract : IAsyncLifetime
{
    private readonly ITestCluster cluster;
    private readonly CancellationTokenSource limit = Wait.Limit();
    private KubernetesClient? opened;

    private protected ClusterContract(ITestCluster cluster) => this.cluster = cluster;

    private protected string Ns { get; } = $"orrery-test-{Guid.NewGuid().ToString("N")[..8]}";

    private protected KubernetesClient Client => opened!;

    private protected CancellationToken Limit => limit.Token;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(cluster.Missing is null, cluster.Missing ?? "");
        opened = cluster.Client();
        await Client.Namespaces.Create(new Namespace { Metadata = new ObjectMeta { Name = Ns } }, Limit);
        await Wait.Until(() => Client.ServiceAccounts.Find(Ns, "default", Limit), found => found is not null, "the service account that pods need");
    }

    public async ValueTask DisposeAsync()
    {
        if (opened is not null)
            await opened.Namespaces.Delete(ns: null, Ns, new DeleteOptions(), CancellationToken.None);
        opened?.Dispose();
        limit.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Pod Pod(string name, string script, string restartPolicy = "Never") => new()
    {
        Metadata = Meta(name, ("app", name)),
        Spec = Runs(script) with { RestartPolicy = restartPolicy },
    };

    private protected static PodSpec Runs(string script) => new()
    {
        Containers = [new Container { Name = "main", Image = "localhost/busybox:1", ImagePullPolicy = "IfNotPresent", Command = ["/bin/sh", "-c"], Args = [script] }],
        TerminationGracePeriodSeconds = 1,
        AutomountServiceAccountToken = false, // a namespace that is quite new refuses pods that want one
    };

    private protected Service Service(string name, params (string Key, string Value)[] labels) => new()
    {
        Metadata = Meta(name, labels),
        Spec = new ServiceSpec { Selector = new() { ["app"] = name }, Ports = [new ServicePort { Port = 80, Protocol = "TCP", TargetPort = 8000 }] },
    };

    private protected ObjectMeta Meta(string name, params (string Key, string Value)[] labels) => new()
    {
        Name = name,
        Namespace = Ns,
        Labels = labels.Length == 0 ? null : labels.ToDictionary(pair => pair.Key, pair => pair.Value),
    };

    private protected Selection Labelled(string key, string value) => new(Ns, $"{key}={value}");

    private protected static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private protected Task<Pod> Until(string pod, Func<Pod, bool> holds, string what) => Wait.Until(() => Client.Pods.Get(Ns, pod, Limit), holds, what);

    private protected async Task<Pod> Started(Pod pod)
    {
        await Client.Pods.Create(pod, Limit);
        return await Until(pod.Metadata.Name!, seen => seen.Status?.Phase == "Running", "a running pod");
    }
}

/// <summary>On the double.</summary>
public sealed class DoubleClusterContract(DoubleCluster cluster) : ClusterContract(cluster), IClassFixture<DoubleCluster>;

/// <summary>On a real cluster.</summary>
public sealed class RealClusterContract(RealCluster cluster) : ClusterContract(cluster), IClassFixture<RealCluster>;
