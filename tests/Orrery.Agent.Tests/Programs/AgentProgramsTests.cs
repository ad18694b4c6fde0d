using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orrery.Agent.Contacts;
using Orrery.Agent.Programs;
using Orrery.Agent.Tests.Fakes;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Tests.Programs;

/// <summary>Real programs as real processes, against a server in memory.</summary>
public sealed class AgentProgramsTests : IDisposable
{
    private const int Nobody = 65534;

    private readonly FakeServer server = new();
    private readonly string data = Directory.CreateTempSubdirectory("orrery-programs-").FullName;
    private readonly AgentPrograms programs;

    public AgentProgramsTests() => programs = Programs(Environment.IsPrivilegedProcess);

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task A_program_reads_its_inputs_and_what_it_writes_is_brought_to_the_server()
    {
        var end = await programs.Run(
            Work("cat $ORRERY_INPUT_DIR/stage-0/a $ORRERY_INPUT_DIR/b >$ORRERY_OUTPUT_DIR/both; echo $ORRERY_ROLE $ORRERY_ROUND $ORRERY_PLACE $GREETING >$ORRERY_OUTPUT_DIR/said", Given("stage-0/a", "one\n"), Given("b", "two\n")),
            CancellationToken.None);
        end.ShouldBe(new ProgramEnd(0, null, 2, 8 + "shard 0 25544 hello you\n".Length));
        Text("both").ShouldBe("one\ntwo\n");
        Text("said").ShouldBe("shard 0 25544 hello you\n");
        Directory.GetDirectories(Path.Combine(data, "programs")).ShouldBeEmpty("its folder is gone");
    }

    [Fact]
    public async Task It_has_nothing_of_the_agents_environment_and_is_not_root()
    {
        await programs.Run(Work("env >$ORRERY_OUTPUT_DIR/env; id -u >$ORRERY_OUTPUT_DIR/user; ls " + data + " >$ORRERY_OUTPUT_DIR/seen 2>/dev/null; exit 0"), CancellationToken.None);
        Text("env").Split('\n').Select(line => line.Split('=')[0]).ShouldBeSubsetOf(
        [
            "", "GREETING", "HOME", "OLDPWD", "PATH", "PWD", "ORRERY_ATTEMPT", "ORRERY_INPUT_DIR", "ORRERY_OUTPUT_DIR", "ORRERY_PLACE", "ORRERY_ROLE", "ORRERY_ROUND",
            "ORRERY_STAGE_COUNT", "ORRERY_STAGE_INDEX", "ORRERY_STATE_DIR", "ORRERY_WORKLOAD_ID", "TMPDIR", "_",
        ]);
        if (!Environment.IsPrivilegedProcess)
            return;
        Text("user").ShouldBe($"{Nobody}\n");
        Text("seen").ShouldBeEmpty("the agent's folder is hidden from it");
    }

    [Fact]
    public async Task A_workload_is_remembered_here_but_not_what_a_failed_attempt_did()
    {
        const string Counts = "n=$(cat $ORRERY_STATE_DIR/n 2>/dev/null || echo 0); echo $((n + 1)) >$ORRERY_STATE_DIR/n; cp $ORRERY_STATE_DIR/n $ORRERY_OUTPUT_DIR/n";
        await programs.Run(Work(Counts), CancellationToken.None);
        (await programs.Run(Work(Counts + "; exit 1"), CancellationToken.None)).Problem.ShouldNotBeNull();
        await programs.Run(Work(Counts), CancellationToken.None);
        Text("n").ShouldBe("2\n");
    }

    [Fact]
    public async Task A_failure_is_told_with_its_code_and_last_words()
    {
        var end = await programs.Run(Work("echo all is lost >&2; exit 7"), CancellationToken.None);
        (end.ExitCode, end.Problem).ShouldBe((7, "the program ended with exit code 7: all is lost"));
        server.Artifacts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("exec sleep 1000", 0.3, "ran longer than 0.3 s")]
    [InlineData("head -c 400000000 /dev/zero | tail -c 399999999 >/dev/null", 60, "exit code")]
    [InlineData("head -c 3000000 /dev/zero >$ORRERY_OUTPUT_DIR/a", 60, "exit code")]
    [InlineData("for i in 1 2 3; do head -c 900000 /dev/zero >$ORRERY_OUTPUT_DIR/$i; done", 60, "a stage may leave 2 MB")]
    [InlineData("ln -s /etc/passwd $ORRERY_OUTPUT_DIR/a", 60, "not a plain file")]
    [InlineData("mkfifo $ORRERY_OUTPUT_DIR/a", 60, "not a plain file")]
    [InlineData("mkdir $ORRERY_OUTPUT_DIR/a", 60, "not a plain file")]
    public async Task Limits_are_kept(string script, double timeoutS, string problem)
    {
        var work = Work(script);
        var limited = work with { PlanData = work.PlanData with { Program = work.PlanData.Program! with { TimeoutS = timeoutS } } };
        (await programs.Run(limited, CancellationToken.None)).Problem.ShouldNotBeNull().ShouldContain(problem);
        server.Artifacts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_it_started_outlives_it()
    {
        var mark = $"1{Random.Shared.Next(100_000, 999_999)}";
        await programs.Run(Work($"setsid sleep {mark} & sleep {mark} & exit 0"), CancellationToken.None);
        Sleeping(mark).ShouldBe(Environment.IsPrivilegedProcess ? 0 : 1, "without namespaces one that leaves its session escapes");
        mark = $"1{mark}";
        using var stop = new CancellationTokenSource();
        var running = programs.Run(Work($"sleep {mark} & sleep {mark}; wait"), stop.Token);
        while (Sleeping(mark) < 2)
            await Task.Yield();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        Sleeping(mark).ShouldBe(0);
    }

    [Fact]
    public async Task Its_variables_reach_nothing_that_runs_before_it()
    {
        var work = Work("exit 3");
        work = work with
        {
            PlanData = work.PlanData with
            {
                Program = work.PlanData.Program! with { Env = new Dictionary<string, string> { ["LD_PRELOAD"] = "/not/there.so", ["QUOTE"] = "it's \"$HOME\"\n2" } },
            },
        };
        (await programs.Run(work, CancellationToken.None)).Problem.ShouldBe("the program ended with exit code 3", "the loader would have complained");
        await programs.Run(work with { PlanData = work.PlanData with { Program = work.PlanData.Program with { Script = "printf %s \"$QUOTE\" >$ORRERY_OUTPUT_DIR/quote" } } }, CancellationToken.None);
        Text("quote").ShouldBe("it's \"$HOME\"\n2");
    }

    [Theory]
    [InlineData("printf x >\"$ORRERY_OUTPUT_DIR/$(printf '\\377')\"")]
    [InlineData("cd $ORRERY_OUTPUT_DIR; for i in $(seq 60); do d=$(printf %0250d 0); mkdir $d; cd $d; done")]
    [InlineData("mkdir -p $ORRERY_OUTPUT_DIR/a/b; chmod 0 $ORRERY_OUTPUT_DIR/a")]
    [InlineData("echo x >$ORRERY_OUTPUT_DIR/a; chmod 0 $ORRERY_OUTPUT_DIR/a; mkdir $ORRERY_STATE_DIR/b")]
    public async Task Whatever_it_leaves_its_attempt_ends_and_its_folder_goes(string script)
    {
        foreach (var isolates in Modes)
        {
            (await Programs(isolates).Run(Work(script), CancellationToken.None)).Problem.ShouldNotBeNull();
            Directory.GetDirectories(Path.Combine(data, "programs")).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task One_that_leaves_a_process_with_its_output_open_is_not_waited_for()
    {
        var mark = $"1{Random.Shared.Next(100_000, 999_999)}";
        foreach (var isolates in Modes)
            (await Programs(isolates).Run(Work($"setsid sleep {mark} & sleep 0.3; exit 0"), CancellationToken.None)).Problem.ShouldBeNull();
        foreach (var left in Processes(mark))
            System.Diagnostics.Process.GetProcessById(left).Kill();
    }

    [Fact]
    public async Task It_finds_its_inputs_whatever_the_agents_umask()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        var given = Given("stage-0/a", "one\n");
        server.OnFile = () =>
        {
            foreach (var file in Directory.EnumerateFileSystemEntries(Path.Combine(data, "programs"), "stage-0", SearchOption.AllDirectories))
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // as 077 makes it
            return null;
        };
        await programs.Run(Work("cp $ORRERY_INPUT_DIR/stage-0/a $ORRERY_OUTPUT_DIR/a", given), CancellationToken.None);
        Text("a").ShouldBe("one\n");
    }

    [Fact]
    public async Task It_reaches_no_network()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        await programs.Run(Work("tail -n +2 /proc/net/route >$ORRERY_OUTPUT_DIR/routes"), CancellationToken.None);
        Text("routes").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lost_link_costs_time_and_nothing_else()
    {
        var calls = 0;
        server.OnFile = () => ++calls % 2 == 1 ? FakeServer.Unreachable() : null;
        var end = await programs.Run(Work("cp $ORRERY_INPUT_DIR/a $ORRERY_OUTPUT_DIR/a", Given("a", "text")), CancellationToken.None);
        end.Problem.ShouldBeNull();
        Text("a").ShouldBe("text");
        calls.ShouldBe(4);
    }

    [Fact]
    public async Task Inputs_that_arrive_broken_are_fetched_again()
    {
        var given = Given("a", "whole");
        var calls = 0;
        server.OnFile = () =>
        {
            server.Inputs["a"] = Encoding.UTF8.GetBytes(++calls < 3 ? "torn" : "whole");
            return null;
        };
        await programs.Run(Work("cp $ORRERY_INPUT_DIR/a $ORRERY_OUTPUT_DIR/a", given), CancellationToken.None);
        Text("a").ShouldBe("whole");
    }

    [Fact]
    public async Task What_the_server_refuses_fails_the_program()
    {
        server.OnFile = () => FakeServer.Refusal(System.Net.HttpStatusCode.RequestEntityTooLarge);
        (await programs.Run(Work("echo a >$ORRERY_OUTPUT_DIR/a"), CancellationToken.None)).Problem.ShouldNotBeNull().ShouldContain("the server refused");
    }

    private static bool[] Modes => Environment.IsPrivilegedProcess ? [true, false] : [false];

    private AgentPrograms Programs(bool isolates) =>
        new(server, new ContactGate(TimeProvider.System, null), data, isolates, TimeProvider.System, NullLogger.Instance);

    private static int Sleeping(string mark) => Processes(mark).Count;

    private static List<int> Processes(string mark) => [.. Directory.EnumerateDirectories("/proc").Where(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).StartsWith($"sleep\0{mark}\0", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }).Select(process => int.Parse(Path.GetFileName(process)))];

    private ProgramFile Given(string path, string text)
    {
        var bytes = server.Inputs[path] = Encoding.UTF8.GetBytes(text);
        return new ProgramFile(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }

    private string Text(string artifact) => Encoding.UTF8.GetString(server.Artifacts[artifact]);

    private static AgentWork Work(string script, params ProgramFile[] inputs)
    {
        var work = Plans.Of("compute");
        return work with
        {
            PlanData = work.PlanData with
            {
                Program = new ProgramWork
                {
                    Script = script,
                    Env = new Dictionary<string, string> { ["GREETING"] = "hello you" },
                    Inputs = inputs,
                    TimeoutS = 60,
                    MemoryBytes = 200_000_000,
                    OutputBytes = 2_000_000,
                },
            },
        };
    }
}
