using Orrery.Agent.Programs;
using Orrery.Agent.Stages;
using Orrery.Agent.Tests.Fakes;
using Orrery.Contracts.Agents;

namespace Orrery.Agent.Tests.Programs;

/// <summary>What a stage reports of its program.</summary>
public sealed class ProgramStageTests
{
    private readonly Recorder recorder = new();
    private readonly SkippingClock clock = new();

    [Fact]
    public async Task A_program_that_ended_well_completes_its_step_and_its_job_says_so()
    {
        var runner = new StageRunner(recorder, programs: new Scripted(new ProgramEnd(0, null, 2, 3_000_000)));
        (await runner.Run(Work(), clock, RunPosition.Start, CancellationToken.None)).ShouldBe(StageResult.Completed);
        recorder.Events.Where(post => post.StepId == "compute-0" || post.StepId is null).Select(post => post.Type)
            .ShouldBe(["job.accepted", "placement.decided", "step.started", "step.completed", "job.completed"]);
        var completed = recorder.Events.First(post => post.Type == "step.completed").Payload!.Value;
        completed.GetProperty("program").GetProperty("exit_code").GetInt32().ShouldBe(0);
        completed.GetProperty("data_output_mb").GetDouble().ShouldBe(3);
        recorder.Events[^1].Payload!.Value.GetProperty("program").GetProperty("exit_code").GetInt32().ShouldBe(0);
        clock.Busy.TotalSeconds.ShouldBe(200, "the mission takes what was planned");
    }

    [Fact]
    public async Task A_program_that_failed_fails_its_job_and_nothing_follows()
    {
        var runner = new StageRunner(recorder, programs: new Scripted(new ProgramEnd(3, "the program ended with exit code 3", 0, 0)));
        (await runner.Run(Work(), clock, RunPosition.Start, CancellationToken.None)).ShouldBe(StageResult.Failed);
        recorder.Events[^1].Type.ShouldBe("job.failed");
        recorder.Events[^1].Payload!.Value.GetProperty("error").GetString().ShouldBe("the program ended with exit code 3");
        recorder.Events.ShouldNotContain(post => post.Type == "transfer.started");
    }

    [Fact]
    public async Task After_a_restart_a_program_that_had_ended_is_not_run_again()
    {
        var programs = new Scripted(new ProgramEnd(0, null, 0, 0));
        await new StageRunner(recorder, programs: programs).Run(Work(), clock, RunPosition.Start, CancellationToken.None);
        var done = recorder.Events.TakeWhile(post => post.Type != "transfer.started").Select(post => post.Key!).ToList();
        await new StageRunner(recorder, programs: programs).Run(Work(), clock, RunPosition.After(done), CancellationToken.None);
        programs.Runs.ShouldBe(1);
    }

    [Theory]
    [InlineData("../key")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("")]
    public async Task Inputs_stay_in_their_folder(string path)
    {
        var programs = new Scripted(new ProgramEnd(0, null, 0, 0));
        var work = Work();
        work = work with { PlanData = work.PlanData with { Program = work.PlanData.Program! with { Inputs = [new ProgramFile(path, "", 0)] } } };
        (await new StageRunner(recorder, programs: programs).Run(work, clock, RunPosition.Start, CancellationToken.None)).ShouldBe(StageResult.Failed);
        programs.Runs.ShouldBe(0);
    }

    [Fact]
    public async Task An_agent_that_runs_no_programs_refuses_the_stage()
    {
        (await new StageRunner(recorder).Run(Work(), clock, RunPosition.Start, CancellationToken.None)).ShouldBe(StageResult.Failed);
        recorder.Events.ShouldHaveSingleItem().Payload!.Value.GetProperty("error").GetString().ShouldBe("this agent runs no programs");
    }

    private static AgentWork Work()
    {
        var work = Plans.Of("compute", "downlink");
        return work with { PlanData = work.PlanData with { Program = new ProgramWork { Script = "true", TimeoutS = 1, MemoryBytes = 1, OutputBytes = 1 } } };
    }

    private sealed class Scripted(ProgramEnd end) : IProgramRunner
    {
        public int Runs { get; private set; }

        public Task<ProgramEnd> Run(AgentWork work, CancellationToken ct)
        {
            Runs++;
            return Task.FromResult(end);
        }
    }
}
