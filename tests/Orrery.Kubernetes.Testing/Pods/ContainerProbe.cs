using System.Diagnostics;
using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>Asks a container again and again, from inside its network.</summary>
internal sealed class ContainerProbe(JsonNode probe, PodProcess process, IReadOnlyDictionary<string, string> variables, TimeProvider clock)
{
    /// <summary>Tells each verdict: true after a success, false after as many failures in a row as the threshold says.</summary>
    public async Task Run(Action<bool> tell, CancellationToken ct)
    {
        var failures = 0;
        var threshold = probe.Number("failureThreshold") ?? 3;
        await Task.Delay(TimeSpan.FromSeconds(probe.Number("initialDelaySeconds") ?? 0), clock, ct);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(probe.Number("periodSeconds") ?? 10), clock);
        do
        {
            failures = await Holds(ct) ? 0 : failures + 1;
            if (failures == 0)
                tell(true);
            else if (failures >= threshold)
                tell(false);
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task<bool> Holds(CancellationToken ct)
    {
        IReadOnlyList<string> command = probe.At("httpGet") is { } http
            ? ["curl", "-sf", "-o", "/dev/null", "-m", "1", $"http://127.0.0.1:{http.Text("port")}{http.Text("path")}"]
            : [.. probe.List("exec", "command").Select(word => word!.ToString())];
        try
        {
            using var asked = Process.Start(process.Enter(command, variables))!;
            await asked.WaitForExitAsync(ct);
            return asked.ExitCode == 0;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or IndexOutOfRangeException)
        {
            return false; // the container has ended
        }
    }
}
