using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>One container of a pod on its node, from its first start to its last end.</summary>
internal sealed class ContainerLife(PodLife pod, JsonNode container, string restartPolicy, string waitsAs, TimeProvider clock)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(1);

    private JsonObject? last;
    private int restarts;
    private volatile Standing standing = new(Waiting(waitsAs, message: null), IsReady: false, ExitCode: null);

    public string Name => container.Text("name")!;

    /// <summary>Of the present program, or the one before it.</summary>
    public PodLog Log { get; private set; } = new(clock);

    /// <summary>Null while none runs.</summary>
    public PodProcess? Process { get; private set; }

    public IReadOnlyDictionary<string, string> Variables { get; private set; } = new Dictionary<string, string>();

    /// <summary>A program of it has run.</summary>
    public bool HasStarted { get; private set; }

    public bool IsReady => standing.IsReady;

    /// <summary>How it ended; null: it has not, or it never starts.</summary>
    public int? ExitCode => standing.ExitCode;

    public JsonObject Status()
    {
        var (state, isReady, _) = standing;
        var status = new JsonObject { ["name"] = Name, ["ready"] = isReady, ["restartCount"] = restarts, ["state"] = state.DeepClone() };
        if (restarts > 0 && last is not null)
            status["lastState"] = last.DeepClone();
        return status;
    }

    /// <summary>Until it stays down, or the pod is deleted.</summary>
    public async Task Run()
    {
        var backoff = FirstBackoff;
        while (!pod.Stopping.IsCompleted)
        {
            await RunOnce();
            if (standing.ExitCode is not null || pod.Stopping.IsCompleted)
                return;
            Tell(Waiting("CrashLoopBackOff", $"back-off {backoff} restarting failed container"), isReady: false);
            await Task.WhenAny(pod.Stopping, Task.Delay(backoff, clock));
            backoff = backoff * 2 < LongestBackoff ? backoff * 2 : LongestBackoff;
            restarts++;
        }
    }

    private async Task RunOnce()
    {
        if (!TryVariables(out var why))
        {
            Tell(Waiting("CreateContainerConfigError", why), isReady: false);
            await pod.Stopping;
            return;
        }
        var started = clock.Stamp();
        var log = Log = new PodLog(clock);
        using var process = new PodProcess(ContainerEnvironment.Command(container, Variables), Variables, pod.Volumes.Of(container), log);
        await process.Start(clock);
        (Process, HasStarted) = (process, true);
        using var over = new CancellationTokenSource();
        var running = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = started } };
        Tell(running, isReady: container.At("readinessProbe") is null);
        var isSick = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var probes = Probes(process, running, isSick, over.Token);
        await Task.WhenAny(process.Ended, pod.Stopping, isSick.Task);
        if (!process.Ended.IsCompleted)
            await process.Stop(pod.Stopping.IsCompleted ? await pod.Stopping : pod.Grace, clock);
        await over.CancelAsync();
        await Task.WhenAll(probes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Process = null;
        var code = await process.Ended;
        last = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = code, ["reason"] = code == 0 ? "Completed" : "Error", ["startedAt"] = started, ["finishedAt"] = clock.Stamp() } };
        var staysDown = pod.Stopping.IsCompleted || restartPolicy == "Never" || (code == 0 && restartPolicy == "OnFailure");
        Tell(last, isReady: false, staysDown ? code : null);
    }

    private Task[] Probes(PodProcess process, JsonObject running, TaskCompletionSource isSick, CancellationToken ct)
    {
        var probes = new List<Task>();
        if (container.At("readinessProbe") is { } readiness)
            probes.Add(new ContainerProbe(readiness, process, Variables, clock).Run(holds => Tell(running, holds), ct));
        if (container.At("livenessProbe") is { } liveness)
            probes.Add(new ContainerProbe(liveness, process, Variables, clock).Run(holds => Judge(holds, isSick), ct));
        return [.. probes];
    }

    private void Judge(bool holds, TaskCompletionSource isSick)
    {
        if (!holds && isSick.TrySetResult())
            pod.Report("Killing", $"Container {Name} failed liveness probe, will be restarted");
    }

    private bool TryVariables(out string why)
    {
        try
        {
            Variables = pod.Variables(container);
            why = "";
            return true;
        }
        catch (KeyNotFoundException missing)
        {
            why = missing.Message;
            return false;
        }
    }

    private void Tell(JsonObject state, bool isReady, int? exitCode = null)
    {
        standing = new Standing(state, isReady, exitCode);
        pod.Tell();
    }

    private static JsonObject Waiting(string reason, string? message)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (message is not null)
            waiting["message"] = message;
        return new JsonObject { ["waiting"] = waiting };
    }

    private sealed record Standing(JsonObject State, bool IsReady, int? ExitCode);
}
