using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>One pod on its node, from the start of its first container to its end: those before the others one by one, then all at once.</summary>
internal sealed class PodLife
{
    private readonly ObjectStore store;
    private readonly ObjectKey key;
    private readonly string ip;
    private readonly TimeSpan pause;
    private readonly TimeProvider clock;
    private readonly TaskCompletionSource<TimeSpan> stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IReadOnlyList<ContainerLife> before;
    private readonly IReadOnlyList<ContainerLife> containers;
    private JsonObject pod;

    public PodLife(ObjectStore store, ObjectKey key, JsonObject bound, string ip, TimeSpan pause, TimeProvider clock)
    {
        (this.store, this.key, pod, this.ip, this.pause, this.clock) = (store, key, bound, ip, pause, clock);
        Volumes = new PodVolumes(bound);
        var policy = bound.Text("spec", "restartPolicy") ?? "Always";
        var first = bound.List("spec", "initContainers");
        before = [.. first.Select(one => new ContainerLife(this, one!, policy == "Always" ? "OnFailure" : policy, "PodInitializing", clock))];
        containers = [.. bound.List("spec", "containers").Select(one => new ContainerLife(this, one!, policy, first.Count > 0 ? "PodInitializing" : "ContainerCreating", clock))];
    }

    /// <summary>Ends when the pod is deleted, with the time that its containers have.</summary>
    public Task<TimeSpan> Stopping => stop.Task;

    public PodVolumes Volumes { get; }

    /// <summary>For a container that is ended although the pod stays.</summary>
    public TimeSpan Grace => TimeSpan.FromSeconds(pod.Number("spec", "terminationGracePeriodSeconds") ?? 30);

    public ContainerLife? Find(string name) => containers.Concat(before).FirstOrDefault(one => one.Name == name);

    /// <summary>The pod is deleted.</summary>
    public void Stop(TimeSpan grace) => stop.TrySetResult(grace);

    public async Task Run()
    {
        store.Update(key, live =>
        {
            var status = live.Child("status");
            (status["hostIP"], status["podIP"]) = ("127.0.0.1", ip);
            status["startTime"] ??= clock.Stamp();
            Write(status);
            pod = live.Copy();
        });
        var isOpen = true;
        foreach (var one in before)
        {
            await one.Run();
            isOpen = one.ExitCode == 0;
            if (!isOpen)
                break;
        }
        if (isOpen)
            await Task.WhenAll(containers.Select((one, index) => Run(one, pause * index)));
        await Stopping;
        store.Remove(key);
        Volumes.Dispose();
    }

    /// <summary>To its object, how its containers stand.</summary>
    public void Tell() => store.Update(key, live => Write(live.Child("status")));

    /// <exception cref="KeyNotFoundException">A secret is not there.</exception>
    public Dictionary<string, string> Variables(JsonNode container) => ContainerEnvironment.Variables(pod, container, store);

    /// <summary>As an event that the cluster keeps.</summary>
    public void Report(string reason, string message)
    {
        var name = $"{key.Name}.{Guid.NewGuid().ToString("N")[..12]}";
        store.Create(new ObjectKey("events", key.Namespace, name), new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = key.Namespace },
            ["involvedObject"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = key.Namespace, ["name"] = key.Name, ["uid"] = pod.Uid() },
            ["reason"] = reason,
            ["message"] = message,
        });
    }

    private async Task Run(ContainerLife container, TimeSpan after)
    {
        await Task.WhenAny(Stopping, Task.Delay(after, clock));
        await container.Run();
    }

    private void Write(JsonObject status)
    {
        status["phase"] = Phase();
        status["containerStatuses"] = new JsonArray([.. containers.Select(one => one.Status())]);
        if (before.Count > 0)
            status["initContainerStatuses"] = new JsonArray([.. before.Select(one => one.Status())]);
        var isReady = containers.All(one => one.IsReady);
        status.Condition("Ready", isReady, isReady ? "" : "ContainersNotReady", "", clock.Stamp());
    }

    private string Phase()
    {
        if (before.Any(one => one.ExitCode is not (null or 0)))
            return "Failed";
        if (containers.All(one => one.ExitCode is not null))
            return containers.All(one => one.ExitCode == 0) ? "Succeeded" : "Failed";
        return containers.All(one => one.HasStarted) ? "Running" : "Pending";
    }
}
