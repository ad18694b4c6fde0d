using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Every namespace has a service account that is called default, soon.</summary>
internal sealed class ServiceAccountController(ObjectStore store) : Controller(store)
{
    protected override void Step()
    {
        foreach (var space in Store.Look("namespaces").Where(space => !space.IsDeleting()))
        {
            var key = new ObjectKey("serviceaccounts", space.Name(), "default");
            if (Store.Find(key) is null)
                Store.Create(key, new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = new JsonObject { ["name"] = "default", ["namespace"] = space.Name() } });
        }
    }
}
