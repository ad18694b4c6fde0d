using System.Text;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Contract;

/// <summary>Logs and programs in pods.</summary>
public abstract partial class ClusterContract
{
    private const int Killed = 137;

    [Fact]
    public async Task Logs_are_whole_and_have_a_tail_and_times()
    {
        var before = TimeProvider.System.GetUtcNow();
        await Client.Pods.Create(Pod("one", "for i in $(seq 1 200); do echo line $i; done; echo; printf unfinished"), Limit);
        await Until("one", seen => seen.Status?.Phase == "Succeeded", "the end");
        var lines = await Lines("one");
        lines.ShouldBe([.. Enumerable.Range(1, 200).Select(i => $"line {i}"), "", "unfinished"]);
        (await Lines("one", new PodLogOptions { Tail = 2 })).ShouldBe(["", "unfinished"]);
        var timed = await Client.PodAccess.Logs(Ns, "one", new PodLogOptions { Timestamps = true, Container = "main" }, Limit).ToListAsync(Limit);
        timed.Select(line => line.Text).ShouldBe(lines);
        timed.ShouldAllBe(line => line.Time > before.AddMinutes(-1));
        timed.Select(line => line.Time).ShouldBe(timed.Select(line => line.Time).Order());
        (await Lines("one", new PodLogOptions { Since = timed[^1].Time!.Value.AddSeconds(2) })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Followed_logs_go_on_to_the_end()
    {
        await Started(Pod("one", "echo up; while [ ! -e go ]; do sleep 0.05; done; echo over"));
        await using var lines = Client.PodAccess.Logs(Ns, "one", new PodLogOptions { Follow = true }, Limit).GetAsyncEnumerator(Limit);
        (await lines.MoveNextAsync()).ShouldBeTrue();
        lines.Current.Text.ShouldBe("up");
        (await Client.PodAccess.Run(Ns, "one", Program("touch go"), Limit)).ExitCode.ShouldBeOneOf(0, Killed); // the pod's end may take it along
        (await lines.MoveNextAsync()).ShouldBeTrue();
        lines.Current.Text.ShouldBe("over");
        (await lines.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Logs_that_are_not_there_are_refused()
    {
        await Should.ThrowAsync<KubernetesNotFoundException>(() => Lines("none"));
        await Started(Pod("one", "sleep 1000"));
        (await Should.ThrowAsync<KubernetesApiException>(() => Lines("one", new PodLogOptions { Container = "other" }))).Code.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await Should.ThrowAsync<KubernetesApiException>(() => Client.PodAccess.Exec(Ns, "none", Program("true"), Limit))).ShouldBeOfType<KubernetesNotFoundException>();
    }

    [Theory]
    [InlineData("echo out; echo err >&2", 0)]
    [InlineData("echo out; echo err >&2; exit 7", 7)]
    public async Task A_program_in_a_pod_tells_what_it_wrote_and_how_it_ended(string script, int code)
    {
        await Started(Pod("one", "sleep 1000"));
        var result = await Client.PodAccess.Run(Ns, "one", Program(script), Limit);
        result.ShouldBe(new ExecResult(code, "out\n", "err\n"));
    }

    [Fact]
    public async Task A_program_reads_what_is_typed()
    {
        await Started(Pod("one", "sleep 1000"));
        await using var session = await Client.PodAccess.Exec(Ns, "one", Program("read a; read b; echo \"$b $a\"") with { Stdin = true }, Limit);
        await session.Write("first\nsec"u8.ToArray(), Limit);
        await session.Write("ond\n"u8.ToArray(), Limit);
        Encoding.UTF8.GetString((await session.Receive(Limit))!.Value.Data.Span).ShouldBe("second first\n");
        (await session.Receive(Limit)).ShouldBeNull();
        session.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_terminal_has_a_size_that_changes()
    {
        await Started(Pod("one", "sleep 1000"));
        await using var session = await Client.PodAccess.Exec(Ns, "one", new ExecOptions { Command = ["/bin/sh"], Stdin = true, Tty = true }, Limit);
        var shown = new StringBuilder();
        foreach (var (columns, rows) in new[] { (101, 33), (55, 22) })
        {
            await session.Resize(columns, rows, Limit);
            while (!shown.ToString().Contains($"{rows} {columns}"))
            {
                await session.Write("stty size\n"u8.ToArray(), Limit); // until the new size has arrived
                shown.Append(Encoding.UTF8.GetString((await session.Receive(Limit))!.Value.Data.Span));
            }
        }
        await session.Write("exit 5\n"u8.ToArray(), Limit);
        while (await session.Receive(Limit) is not null)
        {
            // to its end
        }
        session.ExitCode.ShouldBe(5);
    }

    private static ExecOptions Program(string script) => new() { Command = ["/bin/sh", "-c", script] };
}
