using System.Collections.Concurrent;
using Orrery.EndToEnd.Clusters;
using Orrery.Kubernetes;
using Orrery.Kubernetes.Objects;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>What users of a Kubernetes cluster do, through the real server.</summary>
public abstract partial class KubernetesScenarios(KubernetesFixture fixture)
{
    private const string Sleeps = "echo up; exec sleep 1000";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private const string Served = """
        "readiness":{"path":"/index.html","port":8000,"initialDelaySeconds":1,"periodSeconds":1},"service":{"targetPort":8000}
        """;

    private string OnThisCluster(string body) => body.Replace("\"placement\":{", $"\"placement\":{{\"workspace\":\"{fixture.Workspace}\",", StringComparison.Ordinal);

    private void Begin() => Assert.SkipUnless(fixture.Missing is null, fixture.Missing ?? "");

    private string Job(string script, string name, string kind = "PyTorchJob", int replicas = 1, string members = "") => Body(
        script, name, kind, replicas, $"\"image\":\"{KubernetesFixture.Image}\",\"ttlSecondsAfterFinished\":1{(members.Length > 0 ? "," + members : "")}", fixture.Workspace, cpu: "50m")
        .Replace(",\"entryPoint\":\"\"", "", StringComparison.Ordinal);

    private Task<JsonNode> Look(string id, string what, Func<JsonNode, bool> holds) => Wait.For(
        $"{what} of {id}", async () => await fixture.Ada.Look(id) is var view && holds(view) ? view : null, TimeSpan.FromSeconds(100));

    private async Task<JsonNode> Until(string id, string phase)
    {
        var view = await Look(id, $"phase {phase}", view => view.Str("phase") == phase || view.Str("phase") is "Failed" or "Stopped");
        view.Str("phase").ShouldBe(phase, view.ToJsonString());
        return view;
    }

    private Task<JsonNode> End(string id) => Look(id, "the end", view => view.Str("phase") is "Succeeded" or "Failed" or "Stopped");

    private async Task MustStop(string id)
    {
        (await fixture.Ada.Post($"{Root}/{id}/stop")).MustBe(200);
        await Look(id, "its end", view => view.Str("phase") == "Stopped");
        (await Left(id)).ShouldBeEmpty();
    }

    private async Task<(bool Healthy, bool SaysWhy)> Cluster()
    {
        var cluster = (await fixture.Server.Admin.Get("/api/v1/clusters")).MustBe(200)["items"]!.AsArray().Single(one => one!.Str("clusterId") == KubernetesFixture.ClusterId)!;
        return (cluster["healthy"]!.GetValue<bool>(), cluster.Str("message").Contains("does not answer", StringComparison.Ordinal));
    }

    private async Task<JsonNode> Node(string name) =>
        (await fixture.Server.Admin.Get("/api/v1/nodes")).MustBe(200)["items"]!.AsArray().Single(one => one!.Str("nodeName") == name && one.Str("clusterId") == KubernetesFixture.ClusterId)!;

    private Task Cordon(string node, bool isCordoned) => fixture.Cluster.Nodes.Patch(
        ns: null, node, Patch.Merge(System.Text.Json.JsonSerializer.SerializeToElement(new { spec = new { unschedulable = isCordoned } })), subresource: null, Ct);

    private Selection Of(string id) => new(fixture.Workspace, $"orrery.dev/workload={id}");

    private async Task<IReadOnlyList<Pod>> Pods(string id) => (await fixture.Cluster.Pods.Page(Of(id), 500, from: null, Ct)).Items;

    /// <summary>Whatever the cluster has of a workload.</summary>
    private async Task<List<string>> Left(string id) =>
    [
        .. (await Pods(id)).Select(pod => $"pod {pod.Metadata.Name}"),
        .. await Names(fixture.Cluster.Services, id), .. await Names(fixture.Cluster.Secrets, id), .. await Names(fixture.Cluster.Deployments, id), .. await Names(fixture.Cluster.StatefulSets, id),
    ];

    private async Task<IEnumerable<string>> Names<T>(ResourceClient<T> resource, string id)
        where T : IKubernetesObject => (await resource.Page(Of(id), 500, from: null, Ct)).Items.Select(item => $"{resource.Type.Plural} {item.Metadata.Name}");

    private async Task CountReady(string id, ConcurrentQueue<int> counts, CancellationToken ct)
    {
        var ready = new Dictionary<string, bool>(StringComparer.Ordinal);
        try
        {
            await foreach (var told in fixture.Cluster.Pods.Watch(Of(id), ct))
            {
                foreach (var pod in Told(told, ready))
                    ready[pod.Metadata.Name!] = pod.Metadata.DeletionTimestamp is null && pod.Status?.Conditions?.Exists(one => one is { Type: "Ready", Status: "True" }) == true;
                counts.Enqueue(ready.Values.Count(isReady => isReady));
            }
        }
        catch (OperationCanceledException)
        {
            // seen enough
        }
    }

    private static IEnumerable<Pod> Told(WatchEvent<Pod> told, Dictionary<string, bool> ready)
    {
        switch (told)
        {
            case WatchEvent<Pod>.Listed listed:
                ready.Clear();
                return listed.Items;
            case WatchEvent<Pod>.Deleted gone:
                ready.Remove(gone.Item.Metadata.Name!);
                return [];
            case WatchEvent<Pod>.Changed changed:
                return [changed.Item];
            default:
                return [];
        }
    }
}

/// <summary>On the double.</summary>
public sealed class DoubleKubernetesTests(DoubleKubernetes fixture) : KubernetesScenarios(fixture), IClassFixture<DoubleKubernetes>;

/// <summary>On a real cluster.</summary>
public sealed class RealKubernetesTests(RealKubernetes fixture) : KubernetesScenarios(fixture), IClassFixture<RealKubernetes>;
