using System.Text.Json;
using Orrery.Contracts.Runs;
using Orrery.Node.Pods;
using Orrery.Node.Protocol;
using Orrery.Node.Runs;
using Shouldly;
using Xunit;
using static Orrery.Node.Tests.Support.NodeUnderTest;

namespace Orrery.Node.Tests;

public sealed class IsolationTests
{
    [Fact]
    public async Task The_environment_is_what_is_promised_and_no_more()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "env | sort", replicas: 2) with
        {
            Env = new Dictionary<string, string> { ["QUOTED"] = "it's $HOME \"x\"", ["RANK"] = "mine" },
        });
        var status = await node.Until("job", RunPhases.Succeeded);
        var pod = status.Pods[1];
        (await node.Log("job", rank: 1)).Where(l => !l.StartsWith("PWD=", StringComparison.Ordinal)).ShouldBe(
        [
            "DISPATCH_COUNT=1",
            "HOME=/tmp/pod",
            "LOCAL_RANK=0",
            "LOGNAME=ws",
            $"MASTER_ADDR={status.Pods[0].PodIp}",
            "MASTER_PORT=29500",
            "NODE_RANK=1",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            $"POD_IP={pod.PodIp}",
            "POD_NAME=job-1-1",
            "QUOTED=it's $HOME \"x\"",
            "RANK=mine",
            "USER=ws",
            "WORKLOAD_ID=job",
            "WORLD_SIZE=2",
        ]);
    }

    [Fact]
    public async Task A_pod_sees_itself_only()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("secret", "echo top > secret; echo up; sleep 1000", workspace: "a"));
        await node.UntilLogged("secret", l => l == "up");
        var script = $"""
            id -u; hostname; pwd; grep -c spy-1-0 /etc/hosts
            ls /proc | grep -c '^[0-9]'
            ls {node.Data}/node 2>&1 | tail -n 1
            cat /proc/1/root/{node.Data}/node/pods/secret-1-0/tmp/pod/secret 2>/dev/null || echo refused
            find /home /mnt /opt /root /run /srv /tmp /var -xdev -name secret -path '*pod*' 2>/dev/null | head -n 1
            ls -A /tmp; ls -A $HOME | wc -l
            df -k /dev/shm | tail -n 1 | tr -s ' ' | cut -d ' ' -f 2
            ls /proc/1/fd >/dev/null 2>&1 || echo closed
            """;
        await node.Client.Apply(Run("spy", script, workspace: "b"));
        await node.Until("spy", RunPhases.Succeeded);
        var log = await node.Log("spy");
        log[0].ShouldBe("100001");
        log[1].ShouldBe("spy-1-0");
        log[2].ShouldBe("/tmp/pod");
        log[3].ShouldBe("1");
        log = log[1..];
        int.Parse(log[3]).ShouldBeLessThan(6);
        log[4].ShouldMatch("cannot (access|open)|denied|No such");
        log[5].ShouldBe("refused");
        log[6].ShouldBe("pod");
        log[7].ShouldBe("0");
        log[8].ShouldBe($"{16 << 10}");
        log[9].ShouldBe("closed");
    }

    [Fact]
    public async Task What_all_may_write_on_the_machine_is_a_pods_own()
    {
        var mark = $"orrery-mark-{Guid.NewGuid():N}";
        string[] folders = ["/tmp", "/var/tmp", "/run/lock", "/dev/shm"];
        await using var node = await Start();
        await node.Client.Apply(Run("job", $"for f in {string.Join(' ', folders)}; do touch $f/{mark}; done; ls -A /run; touch /run/x || echo closed; ls /var/tmp"));
        await node.Until("job", RunPhases.Succeeded);
        foreach (var folder in folders)
            File.Exists(Path.Combine(folder, mark)).ShouldBeFalse(folder);
        var log = await node.Log("job");
        log.Where(line => line == "closed" || line == mark || line == "pod").ShouldBe(["closed", mark, "pod"]);
        log.ShouldNotContain("netns");
    }

    [Fact]
    public async Task Pods_reach_each_other_and_the_machine_reaches_them()
    {
        await using var node = await Start();
        await node.Client.Apply(Run(
            "job",
            """
            if [ $RANK = 0 ]; then echo hello > index.html; exec python3 -u -m http.server $MASTER_PORT; fi
            until python3 -c "import urllib.request as u,os; print(u.urlopen('http://%s:%s/' % (os.environ['MASTER_ADDR'], os.environ['MASTER_PORT'])).read().decode().strip())" 2>/dev/null; do sleep 0.1; done
            sleep 1000
            """,
            replicas: 2));
        await node.UntilLogged("job", l => l == "hello", rank: 1);
        using var http = new HttpClient();
        (await http.GetStringAsync($"http://{node.Status("job")!.Pods[0].PodIp}:29500/")).Trim().ShouldBe("hello");
    }

    [Fact]
    public async Task Without_a_free_address_a_pod_waits_and_never_runs_in_the_network_of_the_machine()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("many", "true", workspace: "a"));
        await node.Until("many", RunPhases.Succeeded);
        await node.Down();
        Multiply(Path.Combine(node.Data, "node", "runs", "many.json"), 250); // ended pods keep their addresses until they are removed
        await node.Up();
        await node.Client.Apply(Run("late", "ip -4 -o addr show eth0", replicas: 4, workspace: "b")); // three are left
        await node.Client.Apply(Run("one", "ip -4 -o addr show eth0", workspace: "b"));
        await node.Until("one", RunPhases.Succeeded);
        (await node.Log("one")).ShouldHaveSingleItem().ShouldContain($" {node.Status("one")!.Pods[0].PodIp}/24");
        node.Status("late")!.Pods.ShouldAllBe(pod => pod.Phase == PodPhases.Pending && pod.PodIp == "");
        node.Status("late")!.Message.ShouldContain("addresses");
        await node.Client.Remove("many");
        await node.Until("late", RunPhases.Succeeded);
        foreach (var pod in node.Status("late")!.Pods)
            (await node.Log("late", pod.Rank)).ShouldHaveSingleItem().ShouldContain($" {pod.PodIp}/24");
    }

    /// <summary>Makes a run of one pod, as it is on disk, one of so many.</summary>
    private static void Multiply(string file, int count)
    {
        var state = JsonSerializer.Deserialize(File.ReadAllBytes(file), NodeJson.Default.RunState)!;
        var (one, prefix) = (state.Pods[0], state.Pods[0].Ip[..(state.Pods[0].Ip.LastIndexOf('.') + 1)]);
        var last = int.Parse(one.Ip[prefix.Length..]);
        for (var rank = 1; rank < count; rank++)
        {
            var id = PodId("many", rank);
            state.Pods.Add(new PodState { PodId = id, Run = 1, Rank = rank, NodeName = one.NodeName, Ip = $"{prefix}{last + rank}", Stage = PodStage.Succeeded, ExitCode = 0 });
        }
        state.Spec = state.Spec with { Replicas = [.. state.Pods.Select(pod => new ReplicaSpec(pod.Rank, pod.PodId, pod.NodeName))] };
        File.WriteAllBytes(file, RunStore.Serialize(state));
    }

    [Fact]
    public async Task A_pod_whose_network_cannot_be_made_fails_and_does_not_run()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("first", "sleep 1000"));
        await node.Until("first", RunPhases.Running);
        var ip = node.Status("first")!.Pods[0].PodIp;
        var taken = Directory.CreateDirectory($"/run/netns/{Path.GetFileName(Directory.GetFiles("/run/netns", $"*-{ip}")[0]).Replace(ip, Next(ip))}");
        try
        {
            await node.Client.Apply(Run("second", "echo ran"));
            await node.Until("second", RunPhases.Failed);
            var pod = node.Status("second")!.Pods.ShouldHaveSingleItem();
            pod.PodIp.ShouldBe(Next(ip));
            pod.Message.ShouldContain("no network of its own");
            (await node.Log("second")).ShouldBeEmpty();
        }
        finally
        {
            taken.Delete();
        }

        static string Next(string ip) => ip[..(ip.LastIndexOf('.') + 1)] + (int.Parse(ip[(ip.LastIndexOf('.') + 1)..]) + 1);
    }

    [Fact]
    public async Task Programs_open_their_standard_output_and_terminals_of_the_machine_are_not_seen()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "echo one >/dev/stdout; echo two >/dev/stderr; ls /dev/pts"));
        await node.Until("job", RunPhases.Succeeded);
        (await node.Log("job")).ShouldBe(["one", "two", "ptmx"]);
    }

    [Fact]
    public async Task Health_tells_the_isolation()
    {
        await using var node = await Start();
        var health = await node.Client.Health();
        health.Isolation.Root.ShouldBeTrue();
        health.Isolation.Namespaces.ShouldBeTrue();
        health.Isolation.Network.ShouldBeTrue();
        health.Version.ShouldBe(NodeProcess.Version);
    }

    [Fact]
    public async Task A_folder_with_a_long_path_works()
    {
        var root = Directory.CreateTempSubdirectory("orrery-long-").FullName;
        await using (var node = await StartIn(Path.Combine(root, new string('x', 120))))
            (await node.Client.Health()).Pid.ShouldBe(Environment.ProcessId);
        Directory.Delete(root);
    }
}
