using Orrery.Cli.Watching;
using Orrery.Client;
using Orrery.Contracts.Json;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class WatchTests
{
    [Theory]
    [InlineData("done", ExitCodes.Ok)]
    [InlineData("failed", ExitCodes.WorkloadFailed)]
    [InlineData("timed_out", ExitCodes.WorkloadFailed)]
    [InlineData("canceled", ExitCodes.WorkloadFailed)]
    public async Task A_pipe_gets_a_line_per_event_and_the_exit_code_says_how_it_ended(string phase, int exitCode)
    {
        var line = new CommandLine(Server(phase));
        (await line.Run("jobs", "watch", "wl_1")).ShouldBe(exitCode);
        line.Output.ShouldContain("2026-03-07 12:00:01Z  stage 0 CSS (TIANHE) · 48274  job.accepted  steps=3\n");
        line.Output.ShouldContain("2026-03-07 12:00:02Z  stage 0 CSS (TIANHE) · 48274  step.progress  compute  percent=25\n");
        line.Output.ShouldContain($"2026-03-07 12:00:03Z  wl_1  workload.phase_changed  phase={phase}\n");
        line.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task Submit_can_watch_at_once()
    {
        var line = new CommandLine(Server("done").On("POST /v1/workloads", Answers.Submitted)) { Input = "{}" };
        (await line.Run("jobs", "submit", "--file", "-", "--watch")).ShouldBe(ExitCodes.Ok);
        line.Output.ShouldContain("job.accepted");
    }

    [Fact]
    public async Task Json_is_an_event_a_line()
    {
        var line = new CommandLine(Server("done"));
        (await line.Run("jobs", "watch", "wl_1", "--json")).ShouldBe(ExitCodes.Ok);
        line.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
    }

    [Fact]
    public async Task The_live_display_shows_stages_what_they_do_and_the_time_left()
    {
        using var client = new OrreryClient(new OrreryClientOptions { BaseAddress = new("http://orrery.test"), Handler = Server("dispatching") });
        var state = new WatchState(client.Workloads, "wl_1");
        await state.Refresh(TestContext.Current.CancellationToken);
        state.Apply(Event(1, "step.progress", """{"percent":25}"""));
        var frame = Render(state);
        foreach (var part in new[] { "demo · wl_1", "dispatching", "CSS (TIANHE) · 48274", "running", "compute 25 %", "waiting_for_agent", "0.5 s left by plan", "1 events" })
            frame.ShouldContain(part);
    }

    [Theory]
    [InlineData("isl_transfer.started", """{"from":"48274","to":"25544","percent":50,"contact":"c-1"}""", "isl_transfer.started 48274 → 25544 50 % over c-1")]
    [InlineData("step.completed", """{"duration_s":4}""", "compute completed")]
    [InlineData("job.accepted", "{}", "job.accepted")]
    public void An_event_is_said_in_a_few_words(string type, string payload, string words) =>
        EventPhrase.Now(Event(1, type, payload)).ShouldBe(words);

    private static FakeServer Server(string phase) => new FakeServer()
        .On("GET /v1/workloads/wl_1", Answers.Workload(phase))
        .On("GET /v1/workloads/wl_1/stages", Answers.Stages)
        .On("GET /v1/workloads/wl_1/plan", Answers.Plan)
        .On("GET /v1/workloads/wl_1/events", """{"id":"wl_1","events":[],"last_seq":3,"has_more":false}""")
        .OnEvents("wl_1",
            Answers.Frame(1, "job.accepted", """{"steps":3}""") +
            Answers.Frame(2, "step.progress", """{"percent":25}""") +
            Answers.Frame(3, "workload.phase_changed", $$"""{"phase":"{{phase}}"}""", "wl_1"));

    private static Contracts.Deployments.EventView Event(int seq, string type, string payload) =>
        System.Text.Json.JsonSerializer.Deserialize(Answers.Event(seq, type, payload), WireJson.Default.EventView)!;

    private static string Render(WatchState state)
    {
        var output = new StringWriter();
        Terminal.CreateConsole(output, isInteractive: false, _ => null).Write(WatchView.Create(state, 0));
        return output.ToString();
    }
}
