using Orrery.Contracts.Runs;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>Gangs that end.</summary>
public abstract partial class BackendCompliance
{
    [Fact]
    public async Task A_job_succeeds_when_every_rank_did()
    {
        var run = Run("echo rank $RANK of $WORLD_SIZE", replicas: 3);
        await Apply(run);
        var status = await server.Until(run.WorkloadId, RunPhases.Succeeded);
        status.Pods.Select(pod => (pod.PodId, pod.Rank, pod.Run, pod.Phase, pod.ExitCode, pod.NodeName))
            .ShouldBe(Enumerable.Range(0, 3).Select(rank => (Pod(run, rank).PodId, rank, 1, PodPhases.Succeeded, (int?)0, place.NodeName)));
        status.Pods.ShouldAllBe(pod => pod.StartTime <= pod.EndTime && pod.PodIp.Length > 0 && pod.HostIp.Length > 0);
        (await server.Lines(Pod(run, 2))).ShouldBe(["rank 2 of 3"]);
        await Nothing(run);
    }

    [Fact]
    public async Task A_command_of_half_a_mebibyte_runs_whole()
    {
        var filler = string.Concat(Enumerable.Repeat("# it's a long one: \"$1\" 🛰\n", 18_000));
        var run = Run($"first=$#\n{filler}echo $first arguments, $0; exit 9", replicas: 1);
        System.Text.Encoding.UTF8.GetByteCount(run.EntryPoint).ShouldBeInRange(500_000, 512 * 1024);
        await Apply(run);
        (await server.Until(run.WorkloadId, RunPhases.Failed)).Pods.ShouldHaveSingleItem().ExitCode.ShouldBe(9);
        (await server.Lines(Pod(run, 0))).ShouldBe(["0 arguments, /bin/sh"]);
        await Nothing(run);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit 255", 255)]
    [InlineData("no-such-program", 127)]
    [InlineData("kill -9 $$", 137)]
    [InlineData("kill -SEGV $$", 139)]
    public async Task One_rank_that_fails_ends_the_gang_and_its_code_is_told(string end, int code)
    {
        var run = Run($"[ $RANK = 1 ] || exec sleep 1000; {end}", replicas: 3);
        await Apply(run);
        var status = await server.Until(run.WorkloadId, RunPhases.Failed);
        status.Message.ShouldContain("rank 1");
        status.Pods.Single(pod => pod.Rank == 1).ExitCode.ShouldBe(code);
        status.Pods.ShouldAllBe(pod => pod.Phase == PodPhases.Failed && pod.EndTime != null);
        await Nothing(run);
    }

    [Fact]
    public async Task Pods_have_the_variables_of_the_contract_and_no_others_of_the_server()
    {
        var run = Run("env; echo complete; exec sleep 1000", replicas: 2) with { Env = new Dictionary<string, string> { ["MINE"] = "two  words" } };
        await Apply(run);
        var status = await server.Until(run.WorkloadId, RunPhases.Running);
        var master = status.Pods.Single(pod => pod.Rank == 0).PodIp;
        string?[] ports = [null, null];
        for (var rank = 0; rank < 2; rank++)
        {
            await server.UntilLogged(Pod(run, rank), "complete");
            var env = (await server.Lines(Pod(run, rank))).Where(line => line.Contains('=')).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            foreach (var (name, value) in new[]
            {
                ("RANK", $"{rank}"), ("NODE_RANK", $"{rank}"), ("LOCAL_RANK", "0"), ("WORLD_SIZE", "2"), ("WORKLOAD_ID", run.WorkloadId), ("POD_NAME", Pod(run, rank).PodId),
                ("POD_IP", status.Pods.Single(pod => pod.Rank == rank).PodIp), ("MASTER_ADDR", master), ("DISPATCH_COUNT", "1"), ("MINE", "two  words"),
            })
                env.GetValueOrDefault(name).ShouldBe(value, name);
            env.ShouldContainKey("PATH");
            env.ShouldContainKey("HOME");
            env.Keys.ShouldAllBe(name => !name.StartsWith("DOTNET") && !name.StartsWith("ASPNETCORE") && !name.StartsWith("ORRERY_MASTER"));
            ports[rank] = env["MASTER_PORT"];
        }
        ports[0].ShouldBe(ports[1]);
    }

    [Fact]
    public async Task A_repeated_apply_changes_nothing()
    {
        var run = Run(Sleeps);
        await Apply(run);
        var before = (await server.Until(run.WorkloadId, RunPhases.Running)).Pods.Single();
        await server.UntilLogged(Pod(run), "up");
        await Task.WhenAll(Apply(run), Apply(run));
        var other = Run("true");
        await Apply(other);
        await server.Until(other.WorkloadId, RunPhases.Succeeded); // what was asked for before it has been heard
        await Apply(other);
        server.Told(run.WorkloadId)[^1].Pods.Single().ShouldBe(before);
        (await server.Lines(Pod(run))).ShouldBe(["up"]);
        server.Told(other.WorkloadId)[^1].Phase.ShouldBe(RunPhases.Succeeded);
    }

    [Fact]
    public async Task A_higher_run_after_one_that_ended_is_a_retry()
    {
        var run = Run("echo run $DISPATCH_COUNT; test $DISPATCH_COUNT = 2 && exit 0; test $RANK = 1 && exit 1; exec sleep 1000", replicas: 2);
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Failed);
        var second = At(2, run);
        await Apply(second);
        var status = await server.Until(run.WorkloadId, RunPhases.Succeeded, run: 2);
        status.Pods.Select(pod => pod.PodId).ShouldBe([Pod(second).PodId, Pod(second, 1).PodId]);
        (await server.Lines(Pod(run, 1))).ShouldBe(["run 1"]);
        (await server.Lines(Pod(second, 1))).ShouldBe(["run 2"]);
        await Apply(run); // late: it is not made again
        await Remove(run);
        (await server.Until(run.WorkloadId, status => status.Phase == RunPhases.Removed, "removal")).Run.ShouldBe(2);
    }

    [Fact]
    public async Task A_gang_whose_rank_hangs_fails()
    {
        var run = Run("echo up; exec sleep 1000") with { HangTimeoutS = 1 };
        await Apply(run);
        var status = await server.Until(run.WorkloadId, RunPhases.Failed);
        status.Pods.Single().Reason.ShouldBe("Hung");
        await Nothing(run);
    }

    [Fact]
    public async Task Authoring_stays_up()
    {
        var run = Run("exec sleep infinity", WorkloadKinds.Authoring);
        await Apply(run);
        (await server.Until(run.WorkloadId, RunPhases.Running)).Pods.Single().Phase.ShouldBe(PodPhases.Running);
    }
}
