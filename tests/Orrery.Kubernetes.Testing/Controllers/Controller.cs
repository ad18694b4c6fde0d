using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Controllers;

/// <summary>Looks at everything again after each change, but for at most a fifth of the time. Level-triggered: one step makes the world more like what is wanted.</summary>
internal abstract class Controller(ObjectStore store)
{
    private const int Rest = 4;

    protected ObjectStore Store => store;

    /// <summary>A fault of the double itself; null while there is none.</summary>
    public Exception? Fault { get; private set; }

    public async Task Run(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var (changed, began) = (store.Changed, TimeProvider.System.GetTimestamp());
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
            if (TimeProvider.System.GetElapsedTime(began) * Rest is { TotalMilliseconds: > 1 } rest)
                await Task.Delay(rest, TimeProvider.System, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changed.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    protected abstract void Step();

    protected static string? ControllerUid(System.Text.Json.Nodes.JsonObject item) => item.List("metadata", "ownerReferences")
        .FirstOrDefault(owner => owner.At("controller")?.GetValue<bool>() == true).Text("uid");
}
