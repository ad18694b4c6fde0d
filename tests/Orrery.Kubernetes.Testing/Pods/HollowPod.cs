using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>A pod that only seems to run.</summary>
internal sealed class HollowPod(ObjectStore store, ObjectKey key, JsonObject bound, string ip, TimeSpan time, TimeProvider clock)
{
    private readonly TaskCompletionSource stop = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The pod is deleted.</summary>
    public void Stop() => stop.TrySetResult();

    public async Task Run()
    {
        var started = clock.Stamp();
        Tell("Running", started, new JsonObject { ["running"] = new JsonObject { ["startedAt"] = started } });
        await Task.WhenAny(stop.Task, Task.Delay(time, clock));
        if (!stop.Task.IsCompleted)
            Tell("Succeeded", started, new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 0, ["reason"] = "Completed", ["startedAt"] = started, ["finishedAt"] = clock.Stamp() } });
        await stop.Task;
        store.Remove(key);
    }

    private void Tell(string phase, string started, JsonObject state)
    {
        var isReady = phase == "Running";
        store.Update(key, live =>
        {
            var status = live.Child("status");
            (status["phase"], status["hostIP"], status["podIP"], status["startTime"]) = (phase, "127.0.0.1", ip, started);
            status["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = bound.List("spec", "containers")[0].Text("name"), ["ready"] = isReady, ["restartCount"] = 0, ["state"] = state });
            status.Condition("Ready", isReady, isReady ? "" : "PodCompleted", "", clock.Stamp());
        });
    }
}
