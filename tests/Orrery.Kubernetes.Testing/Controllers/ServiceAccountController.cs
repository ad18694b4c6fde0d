using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Every namespace has a service account that is called default, soon.</summary>
internal sealed class ServiceAccountController(ObjectStore store, ApiServerDoubleOptions options) : Controller(store)
{
    private readonly HashSet<string> late = new(StringComparer.Ordinal);

    protected override void Step()
    {
        foreach (var space in Store.Look("namespaces").Where(space => !space.IsDeleting()))
        {
            var key = new ObjectKey("serviceaccounts", space.Name(), "default");
            if (Store.Find(key) is not null)
                continue;
            if (options.AccountPause <= TimeSpan.Zero)
                Make(key);
            else if (late.Add(space.Uid()))
                _ = MakeLate(key);
        }
    }

    private async Task MakeLate(ObjectKey key)
    {
        await Task.Delay(options.AccountPause, options.Clock);
        Make(key);
    }

    private void Make(ObjectKey key) =>
        Store.Create(key, new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace } });
}
