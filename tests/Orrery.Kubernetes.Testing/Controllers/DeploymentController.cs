using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Rolls from one ReplicaSet to the next, as far as surge and availability allow.</summary>
internal sealed class DeploymentController(ObjectStore store) : Controller(store)
{
    private const string Sets = "replicasets.apps";
    private const string HashLabel = "pod-template-hash";

    protected override void Step()
    {
        var sets = Store.Look(Sets);
        foreach (var deployment in Store.Look("deployments.apps").Where(one => !one.IsDeleting()))
            Step(deployment, [.. sets.Where(set => ControllerUid(set) == deployment.Uid())]);
    }

    private void Step(JsonObject deployment, List<JsonObject> sets)
    {
        var hash = PodTemplates.Hash(deployment.At("spec", "template")!);
        var current = sets.Find(set => set.Text("metadata", "labels", HashLabel) == hash);
        var old = sets.Where(set => set != current).ToList();
        var wanted = (int)(deployment.Number("spec", "replicas") ?? 1);
        if (current is null)
        {
            var set = Make(deployment, hash, old.Count == 0 ? wanted : 0);
            Store.Create(new ObjectKey(Sets, set.Namespace(), set.Name()), set);
            return;
        }
        var surge = PodTemplates.Share(deployment.At("spec", "strategy", "rollingUpdate", "maxSurge"), wanted, up: true, "25%");
        var unavailable = PodTemplates.Share(deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), wanted, up: false, "25%");
        Roll(current, old, wanted, surge == 0 && unavailable == 0 ? 1 : surge, unavailable);
        Tell(deployment, current, old);
    }

    private void Roll(JsonObject current, List<JsonObject> old, int wanted, int surge, int unavailable)
    {
        var all = old.Append(current).Sum(Size);
        if (Size(current) != wanted)
            Scale(current, Size(current) > wanted ? wanted : Math.Min(wanted, Size(current) + Math.Max(0, wanted + surge - all)));
        var spare = old.Append(current).Sum(Ready) - (wanted - unavailable);
        foreach (var set in old.Where(set => Size(set) > 0))
        {
            var unready = Size(set) - Ready(set);
            var less = Math.Min(Size(set), unready + Math.Max(0, Math.Min(spare, Ready(set))));
            spare -= Math.Max(0, less - unready);
            Scale(set, Size(set) - less);
        }
    }

    private void Tell(JsonObject deployment, JsonObject current, List<JsonObject> old) =>
        Store.Update(new ObjectKey("deployments.apps", deployment.Namespace(), deployment.Name()), live => live["status"] = new JsonObject
        {
            ["observedGeneration"] = live.Number("metadata", "generation"),
            ["replicas"] = old.Append(current).Sum(Live),
            ["updatedReplicas"] = Live(current),
            ["readyReplicas"] = old.Append(current).Sum(Ready),
            ["availableReplicas"] = old.Append(current).Sum(Ready),
        });

    private void Scale(JsonObject set, int replicas) => Store.Update(new ObjectKey(Sets, set.Namespace(), set.Name()), live => live.Child("spec")["replicas"] = replicas);

    private static int Size(JsonObject set) => (int)(set.Number("spec", "replicas") ?? 0);

    private static int Live(JsonObject set) => (int)(set.Number("status", "replicas") ?? 0);

    private static int Ready(JsonObject set) => (int)(set.Number("status", "readyReplicas") ?? 0);

    private static JsonObject Make(JsonObject deployment, string hash, int replicas)
    {
        var template = deployment.At("spec", "template")!.DeepClone().AsObject();
        template.Child("metadata").Child("labels")[HashLabel] = hash;
        var set = PodTemplates.Owned(deployment, "apps/v1", "ReplicaSet", $"{deployment.Name()}-{hash}", template.At("metadata", "labels"));
        set["spec"] = new JsonObject { ["replicas"] = replicas, ["template"] = template };
        return set;
    }
}
