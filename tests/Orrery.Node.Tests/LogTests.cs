using Orrery.Contracts.Runs;
using Orrery.Node.Logs;
using Shouldly;
using Xunit;
using static Orrery.Node.Tests.Support.NodeUnderTest;

namespace Orrery.Node.Tests;

public sealed class LogTests
{
    [Fact]
    public async Task Tail_since_and_follow_read_what_they_are_asked_for()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "echo early; while [ ! -e go ]; do sleep 0.02; done; echo; printf 'a\\r\\n\\tb'"));
        await node.UntilLogged("job", l => l == "early");
        var folder = PodLog.Folder(node.Data, "job", "job-1-0");
        var early = (await PodLog.Read(folder, 10)).Single();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        await using var follow = PodLog.Follow(folder, early.Offset, cancellation: limit.Token).GetAsyncEnumerator();
        var next = follow.MoveNextAsync().AsTask();
        await File.WriteAllTextAsync(Path.Combine(node.Data, "node", "pods", "job-1-0", "tmp", "pod", "go"), "");
        (await next).ShouldBeTrue();
        follow.Current.Text.ShouldBe("");
        await node.Until("job", RunPhases.Succeeded);
        var all = await PodLog.Read(folder, 10);
        all.Select(l => l.Text).ShouldBe(["early", "", "a\r", "\tb"]);
        all.Select(l => l.Offset).ShouldBe([6, 7, 10, 12]);
        (await PodLog.Read(folder, 2)).Select(l => l.Text).ShouldBe(["a\r", "\tb"]);
        (await PodLog.Read(folder, 10, early.Time.AddMilliseconds(1))).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Files_rotate_and_long_lines_are_split()
    {
        await using var node = await Start("LogFileBytes=200000", "LogFiles=3");
        await node.Client.Apply(Run("job", "head -c 150000 /dev/zero | tr '\\0' x; echo; seq 1 200000"));
        await node.Until("job", RunPhases.Succeeded);
        var folder = PodLog.Folder(node.Data, "job", "job-1-0");
        var files = Directory.GetFiles(folder);
        files.Length.ShouldBe(3);
        files.ShouldAllBe(f => new FileInfo(f).Length < 300_000);
        var lines = await PodLog.Read(folder, 100_000);
        lines[^1].Text.ShouldBe("200000");
        lines.Select(l => int.Parse(l.Text)).ShouldBe(Enumerable.Range(200_001 - lines.Count, lines.Count));
        var followed = await PodLog.Follow(folder, lines[0].Offset).Take(lines.Count - 1).ToListAsync();
        followed.ShouldBe(lines.Skip(1));
    }

    [Fact]
    public async Task Long_lines_are_split_at_64_KiB()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "head -c 150000 /dev/zero | tr '\\0' x; echo; echo end"));
        await node.Until("job", RunPhases.Succeeded);
        (await node.Log("job")).Select(l => l.Length).ShouldBe([65_536, 65_536, 18_928, 3]);
    }

    [Fact]
    public async Task A_flood_stays_out_of_memory()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("job", "timeout 2 yes a line of a flood that goes on and on; echo end"));
        await node.Until("job", RunPhases.Succeeded);
        (await node.Log("job", tail: 1)).ShouldBe(["end"]);
        GC.GetTotalMemory(forceFullCollection: true).ShouldBeLessThan(200_000_000);
        new DirectoryInfo(PodLog.Folder(node.Data, "job", "job-1-0")).EnumerateFiles().Sum(f => f.Length).ShouldBeLessThan(90_000_000);
    }
}
