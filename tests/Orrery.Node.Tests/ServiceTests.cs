using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Orrery.Contracts.Runs;
using Shouldly;
using Xunit;
using static Orrery.Node.Tests.Support.NodeUnderTest;

namespace Orrery.Node.Tests;

public sealed class ServiceTests
{
    private const string Web = "echo $POD_NAME > index.html; exec python3 -m http.server 8000 2>/dev/null";

    private static readonly ProbeSpec Probe = new("/", 8000, 0, 0.05, 3);
    private static readonly ServiceSpec Service = new("TCP", 80, 8000, 0, "ClusterIP");

    [Fact]
    public async Task A_rolling_update_never_fails_a_client()
    {
        await using var node = await Start();
        var run = Run("web", Web, WorkloadKinds.Deployment, replicas: 2) with { Readiness = Probe, Service = Service };
        await node.Client.Apply(run);
        var first = await node.Until("web", s => s.Phase == RunPhases.Running && s.Pods.All(p => p.Ready));
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var client = Task.Run(() => Hit(first.ServiceAddress!, answers, stop.Token));
        await Eventually(() => answers.Count == 2 || client.IsCompleted, "both to have answered");
        var next = Run("web", "true; " + Web, WorkloadKinds.Deployment, replicas: 2, run: 2) with { Readiness = Probe, Service = Service };
        await node.Client.Apply(next);
        var last = await node.Until("web", s => s is { Run: 2, Phase: RunPhases.Running });
        await Eventually(() => answers.Count == 4 || client.IsCompleted, "their successors to have answered");
        await stop.CancelAsync();
        await client;
        answers.Keys.Order().ShouldBe(["web-1-0", "web-1-1", "web-2-0", "web-2-1"]);
        last.Pods.Select(p => p.PodId).ShouldBe(["web-2-0", "web-2-1"]);
        last.ServiceAddress.ShouldBe(first.ServiceAddress);
        var during = node.Told.Where(s => s.WorkloadId == "web").SkipWhile(s => s.Run == 1).ToList();
        during.ShouldContain(s => s.Phase == RunPhases.Updating);
        during.ShouldAllBe(s => s.Pods.Count(p => p.Ready) >= 2);
    }

    [Fact]
    public async Task Scaling_keeps_the_pods_that_are_there()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("web", "sleep 1000", WorkloadKinds.Deployment, replicas: 2));
        await node.Until("web", RunPhases.Running);
        await node.Client.Apply(Run("web", "sleep 1000", WorkloadKinds.Deployment, replicas: 3, run: 2));
        var more = await node.Until("web", s => s is { Run: 2, Phase: RunPhases.Running });
        more.Pods.Select(p => p.PodId).Order().ShouldBe(["web-1-0", "web-1-1", "web-2-2"]);
        await node.Client.Apply(Run("web", "sleep 1000", WorkloadKinds.Deployment, replicas: 1, run: 3));
        var less = await node.Until("web", s => s is { Run: 3, Phase: RunPhases.Running });
        less.Pods.Select(p => p.PodId).ShouldBe(["web-1-0"]);
    }

    [Fact]
    public async Task A_stateful_set_starts_in_order_and_updates_from_the_top()
    {
        await using var node = await Start();
        const string script = "echo name $POD_NAME; sleep 0.2; " + Web;
        await node.Client.Apply(Run("db", script, WorkloadKinds.StatefulSet, replicas: 3) with { Readiness = Probe });
        var status = await node.Until("db", s => s.Phase == RunPhases.Running && s.Pods.Count == 3 && s.Pods.All(p => p.Ready));
        status.Pods.OrderBy(p => p.StartTime).Select(p => p.Rank).ShouldBe([0, 1, 2]);
        foreach (var s in node.Told.Where(s => s.WorkloadId == "db"))
            s.Pods.SkipLast(1).ShouldAllBe(p => p.Ready);
        (await node.Log("db", rank: 2))[0].ShouldBe("name db-2");

        await node.Client.Apply(Run("db", "true;" + script, WorkloadKinds.StatefulSet, replicas: 3, run: 2) with { Readiness = Probe });
        var updated = await node.Until("db", s => s is { Run: 2, Phase: RunPhases.Running });
        updated.Pods.OrderBy(p => p.StartTime).Select(p => p.Rank).ShouldBe([2, 1, 0]);
        (await node.Log("db", rank: 2, run: 2))[0].ShouldBe("name db-2");
        node.Told.Where(s => s.WorkloadId == "db" && s.Run == 2).ShouldAllBe(s => s.Pods.Count <= 3 && s.Pods.Count(p => p.Ready) >= 2);
    }

    [Fact]
    public async Task What_dies_is_started_again_in_its_place()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("web", "echo start; sleep 0.1; exit 4", WorkloadKinds.Deployment));
        var status = await node.Until("web", s => s.Pods.Any(p => p.Restarts >= 3));
        status.Pods.Single().PodId.ShouldBe("web-1-0");
        status.Pods.Single().ExitCode.ShouldBe(4);
        (await node.Log("web")).Count(l => l == "start").ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Liveness_restarts_and_readiness_takes_out_of_service()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("sick", Web, WorkloadKinds.Deployment) with { Liveness = Probe with { Path = "/missing" } });
        var sick = await node.Until("sick", s => s.Pods.Any(p => p.Restarts > 0));
        sick.Pods.Single().Reason.ShouldBe("Unhealthy");

        await node.Client.Apply(Run("web", "echo yes > ok; while :; do sleep 0.2; done & " + Web, WorkloadKinds.Deployment) with
        {
            Readiness = Probe with { Path = "/ok" },
            Service = Service,
        });
        var ready = await node.Until("web", RunPhases.Running);
        File.Delete(Path.Combine(node.Data, "node", "pods", "web-1-0", "tmp", "pod", "ok"));
        await node.Until("web", RunPhases.NotReady);
        var address = ready.ServiceAddress!.Split(':');
        using var socket = new TcpClient(address[0], int.Parse(address[1]));
        (await socket.GetStream().ReadAsync(new byte[1])).ShouldBe(0);
    }

    [Fact]
    public async Task Datagrams_are_served_too_and_a_node_port_everywhere()
    {
        await using var node = await Start();
        const string echo = """
            exec python3 -u -c "
            import socket
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('', 9000)); print('up')
            while True:
                d, a = s.recvfrom(2000); s.sendto(b'echo ' + d, a)
            "
            """;
        await node.Client.Apply(Run("udp", echo, WorkloadKinds.Deployment) with { Service = new ServiceSpec("UDP", 53, 9000, 31_777, "NodePort") });
        await node.UntilLogged("udp", l => l == "up");
        await node.Until("udp", RunPhases.Running);
        using var client = new UdpClient("127.0.0.1", 31_777);
        await client.SendAsync(Encoding.UTF8.GetBytes("ping"));
        Encoding.UTF8.GetString((await client.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(5))).Buffer).ShouldBe("echo ping");
    }

    private static async Task Hit(string address, ConcurrentDictionary<string, int> answers, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
        while (!cancellation.IsCancellationRequested)
        {
            var answer = (await http.GetStringAsync($"http://{address}/", CancellationToken.None)).Trim();
            answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
        }
    }
}
