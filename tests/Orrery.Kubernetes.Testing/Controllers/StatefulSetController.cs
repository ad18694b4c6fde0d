using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Pods with names, in order; an update replaces them from the highest down, one at a time.</summary>
internal sealed class StatefulSetController(ObjectStore store, Deletes deletes) : Controller(store)
{
    private const string RevisionLabel = "controller-revision-hash";

    protected override void Step()
    {
        var pods = Store.Look("pods");
        foreach (var set in Store.Look("statefulsets.apps").Where(one => !one.IsDeleting()))
        {
            var own = pods.Where(pod => ControllerUid(pod) == set.Uid()).ToDictionary(pod => pod.Name(), StringComparer.Ordinal);
            var revision = $"{set.Name()}-{PodTemplates.Hash(set.At("spec", "template")!)}";
            Step(set, own, revision);
            Store.Update(new ObjectKey("statefulsets.apps", set.Namespace(), set.Name()), live => live["status"] = new JsonObject
            {
                ["observedGeneration"] = live.Number("metadata", "generation"),
                ["replicas"] = own.Count,
                ["readyReplicas"] = own.Values.Count(PodTemplates.IsReady),
                ["updatedReplicas"] = own.Values.Count(pod => Revision(pod) == revision),
                ["updateRevision"] = revision,
            });
        }
    }

    private void Step(JsonObject set, Dictionary<string, JsonObject> own, string revision)
    {
        var wanted = (int)(set.Number("spec", "replicas") ?? 1);
        var isParallel = set.Text("spec", "podManagementPolicy") == "Parallel";
        for (var rank = 0; rank < wanted; rank++)
        {
            var name = $"{set.Name()}-{rank}";
            if (!own.TryGetValue(name, out var pod))
                Make(set, name, revision);
            else if (PodTemplates.IsOver(pod) && !pod.IsDeleting())
                Delete(pod);
            if (!isParallel && (pod is null || !PodTemplates.IsReady(pod)))
            {
                if (pod is { } && !pod.IsDeleting() && Revision(pod) != revision)
                    Delete(pod);
                return;
            }
        }
        if (own.Values.Where(pod => Rank(pod) >= wanted).MaxBy(Rank) is { } surplus)
            Delete(surplus);
        else if (own.Values.All(PodTemplates.IsReady) && own.Values.Where(pod => Revision(pod) != revision).MaxBy(Rank) is { } old)
            Delete(old);
    }

    private static string? Revision(JsonObject pod) => pod.Text("metadata", "labels", RevisionLabel);

    private static int Rank(JsonObject pod) => int.Parse(pod.Name()[(pod.Name().LastIndexOf('-') + 1)..]);

    private void Make(JsonObject set, string name, string revision)
    {
        var pod = PodTemplates.Pod(set, set.At("spec", "template"), name);
        pod.Meta().Child("labels")[RevisionLabel] = revision;
        pod.Meta().Child("labels")["statefulset.kubernetes.io/pod-name"] = name;
        pod.Child("spec")["hostname"] = name;
        Store.Create(new ObjectKey("pods", pod.Namespace(), name), pod);
    }

    private void Delete(JsonObject pod)
    {
        if (!pod.IsDeleting())
            deletes.Delete(new ObjectKey("pods", pod.Namespace(), pod.Name()), []);
    }
}
