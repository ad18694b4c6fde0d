using Orrery.Contracts.Runs;
using Shouldly;
using Xunit;
using static Orrery.Node.Tests.Support.NodeUnderTest;

namespace Orrery.Node.Tests;

public sealed class JobTests
{
    [Fact]
    public async Task All_ranks_succeed()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "echo rank $RANK of $WORLD_SIZE", replicas: 3));
        var status = await node.Until("job", RunPhases.Succeeded);
        status.Pods.Count.ShouldBe(3);
        status.Pods.ShouldAllBe(p => p.ExitCode == 0 && p.Reason == "Completed" && p.StartTime != null && p.EndTime != null);
        status.Warnings.ShouldBeEmpty();
        (await node.Log("job", rank: 2)).ShouldBe(["rank 2 of 3"]);
    }

    [Theory]
    [InlineData("exit 3", 3, "rank 1 exited with code 3")]
    [InlineData("kill -SEGV $$", 139, "rank 1 was killed by SIGSEGV")]
    [InlineData("kill -9 $$", 137, "rank 1 was killed by SIGKILL")]
    public async Task One_rank_fails_and_the_others_are_ended(string end, int code, string message)
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", $"if [ $RANK = 1 ]; then {end}; fi; sleep 1000", replicas: 3));
        var status = await node.Until("job", RunPhases.Failed);
        status.Message.ShouldBe(message);
        status.Pods[1].ExitCode.ShouldBe(code);
        status.Pods[0].Reason.ShouldBe("Stopped");
        status.Pods[2].Phase.ShouldBe(PodPhases.Failed);
    }

    [Fact]
    public async Task Sigterm_is_heard_and_the_rest_is_killed_after_the_grace()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("kind", "trap 'echo saving; exit 0' TERM; echo up; while :; do sleep 0.05; done"));
        await node.Client.Apply(Run("deaf", "trap '' TERM; echo up; while :; do sleep 0.05; done"));
        await node.UntilLogged("kind", l => l == "up");
        await node.UntilLogged("deaf", l => l == "up");
        await node.Client.Remove("kind");
        await node.Client.Remove("deaf");
        (await node.Until("kind", RunPhases.Removed)).Pods.Single().ExitCode.ShouldBe(0);
        (await node.Until("deaf", RunPhases.Removed)).Pods.Single().ExitCode.ShouldBe(137);
        (await node.Log("kind")).ShouldContain("saving");
        Directory.GetFileSystemEntries(Path.Combine(node.Data, "node", "pods")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_removed_run_does_not_come_back_and_an_unknown_one_is_removed_at_once()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "true"));
        await node.Until("job", RunPhases.Succeeded);
        await node.Client.Remove("never"); // told once, to those who watch by now
        await node.Until("never", RunPhases.Removed);
        await node.Client.Remove("job");
        await node.Until("job", RunPhases.Removed);
        await node.Client.Apply(Run("job", "true"));
        (await node.Client.Snapshot()).ShouldBeEmpty();
        await node.Client.Apply(Run("job", "echo again", run: 2));
        await node.Until("job", s => s is { Run: 2, Phase: RunPhases.Succeeded });
        await node.Client.DiscardLogs("job");
        await node.Client.Remove("job");
        await node.Until("job", RunPhases.Removed);
        Directory.Exists(Path.Combine(node.Data, "node", "logs", "job")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_later_run_of_a_job_replaces_the_earlier_one()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "exit 1"));
        await node.Until("job", RunPhases.Failed);
        await node.Client.Apply(Run("job", "echo run $DISPATCH_COUNT", run: 2));
        var status = await node.Until("job", s => s is { Run: 2, Phase: RunPhases.Succeeded });
        status.Pods.Single().PodId.ShouldBe("job-2-0");
        (await node.Log("job", run: 2)).ShouldBe(["run 2"]);
    }

    [Fact]
    public async Task A_pod_that_says_nothing_hangs()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "echo start; sleep 1000") with { HangTimeoutS = 0.3 });
        var status = await node.Until("job", RunPhases.Failed);
        status.Pods.Single().Reason.ShouldBe("Hung");
        status.Message.ShouldBe("rank 0 hung: no output for 0.3 s");
    }

    [Fact]
    public async Task A_pod_whose_files_take_more_than_it_may_is_evicted()
    {
        await using var node = await Start("ScratchPeriod=00:00:00.050");
        var run = Run("job", "truncate -s 1G holes; head -c 3000000 /dev/zero > /var/tmp/most; sleep 1; echo still here; head -c 3000000 /dev/zero > more; sleep 1000");
        await node.Client.Apply(run with { Resources = run.Resources with { EphemeralStorageBytes = 5 << 20 } });
        var status = await node.Until("job", RunPhases.Failed);
        status.Pods.Single().Reason.ShouldBe("Evicted");
        status.Message.ShouldBe("rank 0 was evicted: its files take 5.7 MiB of its 5 MiB of ephemeral storage");
        (await node.Log("job"))[0].ShouldBe("still here");
    }

    [Fact]
    public async Task When_the_disk_is_full_the_pod_whose_files_take_the_most_is_evicted()
    {
        await using var node = await Start("ScratchPeriod=00:00:00.050", $"DiskReserveBytes={long.MaxValue}");
        await node.Client.Apply(Run("small", "head -c 30000 /dev/zero > some; echo up; sleep 1000"));
        await node.UntilLogged("small", l => l == "up");
        await node.Client.Apply(Run("large", "head -c 3000000 /dev/zero > most; sleep 1000"));
        var status = await node.Until("large", RunPhases.Failed);
        status.Pods.Single().Reason.ShouldBe("Evicted");
        status.Message.ShouldContain("the disk is full, and its files take the most of it");
    }

    [Fact]
    public async Task Too_much_memory_is_told_as_such()
    {
        await using var node = await Start();
        var run = Run("job", "x=$(head -c 300000000 /dev/zero | tr '\\0' x); echo ${#x}");
        await node.Client.Apply(run with { Resources = run.Resources with { MemoryBytes = 64 << 20 } });
        var status = await node.Until("job", RunPhases.Failed);
        status.Pods.Single().Reason.ShouldBe("OOMKilled");
        status.Message.ShouldBe("rank 0 was killed for want of memory");
    }
}
