using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Looks at everything again after each change. Level-triggered: one step makes the world more like what is wanted.</summary>
internal abstract class Controller(ObjectStore store)
{
    protected ObjectStore Store => store;

    /// <summary>A fault of the double itself; null while there is none.</summary>
    public Exception? Fault { get; private set; }

    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var changed = store.Changed;
            try
            {
                Step();
            }
            catch (RefusalException)
            {
                // someone else was faster: the change that they made leads to another look
            }
            catch (Exception fault)
            {
                Fault ??= fault;
            }
            await changed.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected abstract void Step();

    protected static string? ControllerUid(System.Text.Json.Nodes.JsonObject item) => item.List("metadata", "ownerReferences")
        .FirstOrDefault(owner => owner.At("controller")?.GetValue<bool>() == true).Text("uid");
}
