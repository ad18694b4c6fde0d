using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>As many pods as a ReplicaSet wants.</summary>
internal sealed class ReplicaSetController(ObjectStore store, Deletes deletes) : Controller(store)
{
    protected override void Step()
    {
        var pods = Store.Look("pods");
        foreach (var set in Store.Look("replicasets.apps").Where(set => !set.IsDeleting()))
        {
            var own = pods.Where(pod => ControllerUid(pod) == set.Uid() && !pod.IsDeleting() && !PodTemplates.IsOver(pod)).ToList();
            var wanted = (int)(set.Number("spec", "replicas") ?? 1);
            for (var missing = wanted - own.Count; missing > 0; missing--)
                Make(set);
            foreach (var pod in own.OrderBy(PodTemplates.IsReady).Take(own.Count - wanted))
                deletes.Delete(new ObjectKey("pods", pod.Namespace(), pod.Name()), []);
            Store.Update(new ObjectKey("replicasets.apps", set.Namespace(), set.Name()), live => live["status"] = new JsonObject
            {
                ["replicas"] = own.Count,
                ["readyReplicas"] = own.Count(PodTemplates.IsReady),
            });
        }
    }

    private void Make(JsonObject set)
    {
        var pod = PodTemplates.Pod(set, set.At("spec", "template"), $"{set.Name()}-{Guid.NewGuid().ToString("N")[..5]}");
        Store.Create(new ObjectKey("pods", pod.Namespace(), pod.Name()), pod);
    }
}
