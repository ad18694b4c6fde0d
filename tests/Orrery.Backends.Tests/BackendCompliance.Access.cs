using System.Globalization;
using Orrery.Backends.Tests.Support;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Backends;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>Logs and shells.</summary>
public abstract partial class BackendCompliance
{
    /// <summary>Says what it is told through its shell, a line each.</summary>
    private const string Repeats = "echo up; touch said; exec tail -n +1 -f said";

    [Fact]
    public async Task Logs_have_every_line_in_order_and_a_tail()
    {
        var run = Run("for i in $(seq 1 3000); do echo line $i; done; echo error >&2; echo; printf unfinished");
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        var all = await server.Lines(Pod(run));
        all.Take(3000).ShouldBe(Enumerable.Range(1, 3000).Select(i => string.Create(CultureInfo.InvariantCulture, $"line {i}")));
        all.Skip(3000).ShouldBe(["error", "", "unfinished"]);
        (await server.Lines(Pod(run), new PodLogQuery(2, null, null, Follow: false))).ShouldBe(["", "unfinished"]);
        (await server.Lines(new PodRef(run.WorkloadId, run.WorkspaceId, $"{run.WorkloadId}-9-0"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Logs_are_read_on_after_an_offset()
    {
        var run = Run("seq 1 10");
        await Apply(run);
        await server.Until(run.WorkloadId, RunPhases.Succeeded);
        var lines = await server.Backend.Logs(Pod(run), new PodLogQuery(100, null, null, Follow: false), CancellationToken.None).ToListAsync();
        lines.Select(line => line.Offset).ShouldBe(lines.Select(line => line.Offset).Distinct().Order());
        (await server.Lines(Pod(run), new PodLogQuery(1, null, lines[6].Offset, Follow: false))).ShouldBe(["8", "9", "10"]);
        (await server.Lines(Pod(run), new PodLogQuery(1, null, lines[9].Offset, Follow: false))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Logs_since_a_time_leave_older_lines_out_also_when_followed()
    {
        var run = Run(Repeats);
        await Apply(run);
        await server.UntilLogged(Pod(run), "up");
        await server.Until(run.WorkloadId, RunPhases.Running);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        await Watched.Eventually(() => TimeProvider.System.GetUtcNow() > now.AddSeconds(1.1), "another second"); // backends keep times of lines in whole seconds at worst
        var since = TimeProvider.System.GetUtcNow();
        (await server.Lines(Pod(run), new PodLogQuery(100, since, null, Follow: false))).ShouldBeEmpty();
        await using var followed = server.Backend.Logs(Pod(run), new PodLogQuery(100, since, null, Follow: true), limit.Token).GetAsyncEnumerator(limit.Token);
        var next = followed.MoveNextAsync().AsTask();
        await Watched.Eventually(() => TimeProvider.System.GetUtcNow() > since.AddSeconds(1.1), "another second");
        await Say(run, "fresh");
        (await next).ShouldBeTrue();
        followed.Current.Text.ShouldBe("fresh");
        (await server.Lines(Pod(run), new PodLogQuery(100, since, null, Follow: false))).ShouldBe(["fresh"]);
        await limit.CancelAsync();
    }

    [Fact]
    public async Task Followed_logs_bring_new_lines_once()
    {
        var run = Run(Repeats);
        await Apply(run);
        await server.UntilLogged(Pod(run), "up");
        await server.Until(run.WorkloadId, RunPhases.Running);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var followed = server.Backend.Logs(Pod(run), new PodLogQuery(100, null, null, Follow: true), limit.Token).GetAsyncEnumerator(limit.Token);
        foreach (var word in new[] { "up", "one", "two", "three" })
        {
            if (word != "up")
                await Say(run, word);
            (await followed.MoveNextAsync()).ShouldBeTrue();
            followed.Current.Text.ShouldBe(word);
        }
        await limit.CancelAsync();
    }

    [Fact]
    public async Task A_shell_is_in_the_pod_has_a_size_and_ends()
    {
        var run = Run("echo up; echo here > mark; exec sleep 1000", WorkloadKinds.Authoring);
        await Apply(run);
        await server.UntilLogged(Pod(run), "up");
        await server.Until(run.WorkloadId, RunPhases.Running);
        (await server.Backend.Shells(Pod(run), CancellationToken.None)).ShouldContain("sh");
        using var shell = await server.Backend.OpenShell(Pod(run), new ShellRequest("sh") { Columns = 101, Rows = 33 }, CancellationToken.None);
        await shell.Type("stty size; cat mark; echo $WORKLOAD_ID\n");
        var shown = await shell.Shown(run.WorkloadId);
        shown.ShouldContain("33 101");
        shown.ShouldContain("here");
        await shell.Resize(55, 22);
        await shell.Type("stty size\n");
        await shell.Shown("22 55");
        await shell.Type("exit\n");
        await shell.Shown(null);
        (await server.Until(run.WorkloadId, RunPhases.Running)).Pods.Single().Restarts.ShouldBe(0);
    }

    private async Task Say(RunSpec run, string word)
    {
        using var shell = await server.Backend.OpenShell(Pod(run), new ShellRequest("sh"), CancellationToken.None);
        await shell.Type($"echo {word} >> said; exit\n");
        await shell.Shown(null);
    }
}
