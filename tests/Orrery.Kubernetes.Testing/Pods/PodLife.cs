using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>One pod on its node, from the start of its container to the end of the pod. One container a pod.</summary>
internal sealed class PodLife(ObjectStore store, ObjectKey key, JsonObject bound, string ip, TimeProvider clock)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(1);

    private readonly JsonNode container = bound.List("spec", "containers")[0]!;
    private readonly TaskCompletionSource<TimeSpan> stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonObject pod = bound;
    private JsonNode? last;
    private int restarts;

    /// <summary>Of the present container.</summary>
    public PodLog Log { get; private set; } = new(clock);

    /// <summary>Null while none runs.</summary>
    public PodProcess? Process { get; private set; }

    public IReadOnlyDictionary<string, string> Variables { get; private set; } = new Dictionary<string, string>();

    public string ContainerName => container.Text("name")!;

    /// <summary>The pod is deleted.</summary>
    public void Stop(TimeSpan grace) => stop.TrySetResult(grace);

    public async Task Run()
    {
        var backoff = FirstBackoff;
        while (!stop.Task.IsCompleted)
        {
            var code = await RunContainer();
            if (stop.Task.IsCompleted || pod.Text("spec", "restartPolicy") == "Never" || (code == 0 && pod.Text("spec", "restartPolicy") == "OnFailure"))
                break;
            Tell(new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "CrashLoopBackOff", ["message"] = $"back-off {backoff} restarting failed container" } }, ready: false, "Running");
            await Task.WhenAny(stop.Task, Task.Delay(backoff, clock));
            backoff = backoff * 2 < LongestBackoff ? backoff * 2 : LongestBackoff;
            restarts++;
        }
        await stop.Task;
        store.Remove(key);
    }

    private async Task<int> RunContainer()
    {
        Store();
        if (!TryVariables(out var why))
        {
            Tell(new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "CreateContainerConfigError", ["message"] = why } }, ready: false, "Pending");
            await stop.Task;
            return 0;
        }
        var started = clock.Stamp();
        var log = Log = new PodLog(clock);
        using var process = new PodProcess(ContainerEnvironment.Command(container, Variables), Variables, log);
        await process.Start(clock);
        Process = process;
        using var over = new CancellationTokenSource();
        var running = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = started } };
        Tell(running, ready: container.At("readinessProbe") is null, "Running");
        var isSick = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probes = Probes(process, running, isSick, over.Token);
        await Task.WhenAny(process.Ended, stop.Task, isSick.Task);
        if (!process.Ended.IsCompleted)
            await process.Stop(stop.Task.IsCompleted ? await stop.Task : TimeSpan.FromSeconds(pod.Number("spec", "terminationGracePeriodSeconds") ?? 30), clock);
        await over.CancelAsync();
        await Task.WhenAll(probes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Process = null;
        var code = await process.Ended;
        last = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = code, ["reason"] = code == 0 ? "Completed" : "Error", ["startedAt"] = started, ["finishedAt"] = clock.Stamp() } };
        var staysDown = pod.Text("spec", "restartPolicy") == "Never" || stop.Task.IsCompleted;
        Tell((JsonObject)last.DeepClone(), ready: false, staysDown ? (code == 0 ? "Succeeded" : "Failed") : "Running");
        return code;
    }

    private Task[] Probes(PodProcess process, JsonObject running, TaskCompletionSource isSick, CancellationToken ct)
    {
        var probes = new List<Task>();
        if (container.At("readinessProbe") is { } readiness)
            probes.Add(new ContainerProbe(readiness, process, Variables, clock).Run(holds => Tell((JsonObject)running.DeepClone(), holds, "Running"), ct));
        if (container.At("livenessProbe") is { } liveness)
            probes.Add(new ContainerProbe(liveness, process, Variables, clock).Run(holds => Judge(holds, isSick), ct));
        return [.. probes];
    }

    private void Judge(bool holds, TaskCompletionSource isSick)
    {
        if (holds || !isSick.TrySetResult())
            return;
        var name = $"{key.Name}.{Guid.NewGuid().ToString("N")[..12]}";
        store.Create(new ObjectKey("events", key.Namespace, name), new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = key.Namespace },
            ["involvedObject"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = key.Namespace, ["name"] = key.Name, ["uid"] = pod.Uid() },
            ["reason"] = "Killing",
            ["message"] = $"Container {ContainerName} failed liveness probe, will be restarted",
        });
    }

    private void Store() => store.Update(key, live =>
    {
        var status = live.Child("status");
        status["hostIP"] = "127.0.0.1";
        status["podIP"] = ip;
        status["startTime"] ??= clock.Stamp();
        pod = live.Copy();
    });

    private bool TryVariables(out string why)
    {
        try
        {
            Variables = ContainerEnvironment.Variables(pod, container, store);
            why = "";
            return true;
        }
        catch (KeyNotFoundException missing)
        {
            why = missing.Message;
            return false;
        }
    }

    private void Tell(JsonObject state, bool ready, string phase) => store.Update(key, live =>
    {
        var status = live.Child("status");
        status["phase"] = phase;
        var now = new JsonObject { ["name"] = ContainerName, ["ready"] = ready, ["restartCount"] = restarts, ["state"] = state.DeepClone() };
        if (restarts > 0 && last is not null)
            now["lastState"] = last.DeepClone();
        status["containerStatuses"] = new JsonArray(now);
        status.Condition("Ready", ready, ready ? "" : "ContainersNotReady", "", clock.Stamp());
    });
}
