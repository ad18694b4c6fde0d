using System.Diagnostics;
using System.Globalization;
using Orrery.Contracts.Runs;
using Shouldly;
using Xunit;
using static Orrery.Node.Tests.Support.NodeUnderTest;

namespace Orrery.Node.Tests;

/// <summary>With a node in a process of its own, killed as one pleases.</summary>
public sealed class SurvivalTests
{
    private const int Lines = 10_000;

    [Fact]
    public async Task No_line_is_lost_or_doubled_while_the_node_is_killed_again_and_again()
    {
        await using var node = await StartProcess();
        await node.Client.Apply(Run("job", $"i=0; while [ $i -lt {Lines} ]; do i=$((i+1)); echo line $i of many; done"));
        for (var kill = 0; kill < 4; kill++)
        {
            var seen = (await node.Log("job")).Length;
            await Eventually(() => node.Log("job").Result.Length is var n && (n > seen || n == Lines), "the log does not grow");
            node.KillNode();
            await node.Up();
        }
        await node.Until("job", RunPhases.Succeeded);
        (await node.Log("job")).ShouldBe(Enumerable.Range(1, Lines).Select(i => $"line {i} of many"));
    }

    [Fact]
    public async Task Ends_while_the_node_is_dead_are_known_afterwards()
    {
        await using var node = await StartProcess();
        await node.Client.Apply(Run("job", "echo up; while [ ! -e go ]; do sleep 0.02; done; printf 'no line break'; exit 7"));
        await node.Client.Apply(Run("other", "echo up; sleep 1000"));
        await node.UntilLogged("job", l => l == "up");
        await node.UntilLogged("other", l => l == "up");
        node.KillNode();
        await File.WriteAllTextAsync(Path.Combine(node.Data, "node", "pods", "job-1-0", "tmp", "pod", "go"), "");
        await Eventually(() => File.Exists(Path.Combine(node.Data, "node", "pods", "job-1-0", "c1", "exit")), "the pod did not end");
        await node.Up();
        var status = await node.Until("job", RunPhases.Failed);
        status.Message.ShouldBe("rank 0 exited with code 7");
        (await node.Log("job")).ShouldBe(["up", "no line break"]);
        var adopted = await node.Until("other", RunPhases.Running);
        adopted.Pods.Single().Restarts.ShouldBe(0);
        (await node.Log("other")).ShouldBe(["up"]);
    }

    [Theory]
    [InlineData("shim", false)]
    [InlineData("init", false)]
    [InlineData("shim", true)]
    public async Task Whatever_is_killed_no_process_of_the_pod_is_left(string victim, bool isNodeDead)
    {
        await using var node = await StartProcess();
        var mark = "mark" + Guid.NewGuid().ToString("N");
        await node.Client.Apply(Run("job", $"(setsid sh -c 'exec env -i /bin/sh -c \"while :; do sleep 0.1; done\" {mark}' &) ; echo up; sleep 1000 # {mark}"));
        await node.UntilLogged("job", l => l == "up");
        await Eventually(() => Marked(mark) >= 2, "the daemon does not run");
        if (isNodeDead)
            node.KillNode();
        var file = await File.ReadAllTextAsync(Path.Combine(node.Data, "node", "pods", "job-1-0", "c1", victim));
        using (var process = Process.GetProcessById(int.Parse(file.Split(' ')[0], CultureInfo.InvariantCulture)))
            process.Kill();
        if (isNodeDead)
            await node.Up();
        var status = await node.Until("job", RunPhases.Failed);
        status.Pods.Single().ExitCode.ShouldBe(137);
        await Eventually(() => Marked(mark) == 0, "something is left");
    }

    [Fact]
    public async Task A_daemon_that_forked_twice_ends_with_its_pod()
    {
        await using var node = await Start();
        var mark = "mark" + Guid.NewGuid().ToString("N");
        await node.Client.Apply(Run("job", $"(setsid sh -c 'exec env -i /bin/sh -c \"while :; do sleep 0.1; done\" {mark}' &) ; sleep 0.2"));
        await node.Until("job", RunPhases.Succeeded);
        Marked(mark).ShouldBe(0);
    }

    [Fact]
    public async Task Without_namespaces_a_daemon_is_found_by_its_mark()
    {
        await using var node = await StartProcess("Namespaces=false");
        var mark = "mark" + Guid.NewGuid().ToString("N");
        await node.Client.Apply(Run("job", $"id -u; (setsid sh -c 'while :; do sleep 0.1; done; : {mark}' &) ; sleep 1000"));
        await node.UntilLogged("job", l => l == "100000");
        await Eventually(() => Marked(mark) >= 2, "the daemon does not run");
        node.KillNode();
        await node.Up();
        var status = await node.Until("job", RunPhases.Running);
        status.Warnings.ShouldContain(w => w.StartsWith("no namespaces", StringComparison.Ordinal));
        status.Pods.Single().PodIp.ShouldStartWith("127.");
        await node.Client.Remove("job");
        await node.Until("job", RunPhases.Removed);
        Marked(mark).ShouldBe(0);
    }

    [Fact]
    public async Task A_service_goes_on_while_the_node_is_replaced()
    {
        await using var node = await StartProcess();
        await node.Client.Apply(Run("svc", "echo up; sleep 1000", WorkloadKinds.Deployment));
        var before = (await node.Until("svc", RunPhases.Running)).Pods.Single();
        await node.Client.Exit();
        await Eventually(node.IsDown, "the node did not end");
        await node.Up();
        var after = (await node.Until("svc", RunPhases.Running)).Pods.Single();
        after.ShouldBe(before);
    }

    [Fact]
    public async Task Two_that_start_a_node_at_once_get_the_same()
    {
        await using var node = await StartProcess();
        node.KillNode();
        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NodeProcess.Ensure(node.Data, Fast)));
        started.Select(h => h.Pid).Distinct().Count().ShouldBe(1);
        await node.Up();
    }

    private static int Marked(string mark) => Directory.EnumerateDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(mark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
