using Orrery.EndToEnd.Programs;

namespace Orrery.EndToEnd.Agents;

/// <summary>Programs of live workloads, run by our own agent as a process beside a real server.</summary>
public sealed class AgentProgramTests
{
    private const string Live = "\"mode\":\"live\"";

    [Fact]
    public async Task Three_agents_run_a_program_each_and_hand_on_what_it_made()
    {
        await using var fleet = await AgentFleet.Start(LiveFleet.Satellites);
        var api = fleet.Server.Admin;
        var id = await api.Submit(ProgramSteps.Chain("cat $ORRERY_INPUT_DIR/stage-*/trail >$ORRERY_OUTPUT_DIR/trail 2>/dev/null; echo $ORRERY_STAGE_INDEX $WORD >>$ORRERY_OUTPUT_DIR/trail", ",\"env\":{\"WORD\":\"up\"}", Live));
        await api.MustEndDone(id);
        (await api.Artifacts(id))["2/trail"].ShouldBe("0 up\n1 up\n2 up\n");
        (await api.Events(id)).Count(one => one.Str("event_type") == "artifact.stored").ShouldBe(3);
    }

    [Fact]
    public async Task An_agent_killed_at_work_leaves_no_process_and_runs_its_program_again_when_it_is_back()
    {
        await using var fleet = await AgentFleet.Start("25544");
        var api = fleet.Server.Admin;
        var mark = $"1{Random.Shared.Next(100_000, 999_999)}";
        var id = await api.Submit($$"""{"placement":{"satellites":[25544]},"program":{"entry_point":"sleep {{mark}} & wait","duration_s":1},"policy":{"max_attempts":1},{{Live}}}""");
        await Wait.Until("the program", () => Task.FromResult(Sleeping(mark) == 1));
        await fleet.Agents["25544"].Kill();
        await Wait.Until("its end", () => Task.FromResult(Sleeping(mark) == 0));
        fleet.Launch("25544");
        await Wait.Until("the program again", () => Task.FromResult(Sleeping(mark) == 1));
        (await api.Post($"/v1/workloads/{id}/cancel")).MustBe(200);
        await Wait.Until("its end for good", () => Task.FromResult(Sleeping(mark) == 0));
    }

    [Fact]
    public async Task An_agent_that_only_replays_its_script_has_not_run_the_program()
    {
        await using var server = await TestServer.Run();
        await LiveFleet.Renew(server);
        using var agent = await LiveFleet.Agent(server, "25544");
        var id = await server.Admin.Submit($$"""{"placement":{"satellites":[25544]},"program":{"entry_point":"true","duration_s":1},"policy":{"max_attempts":1},{{Live}}}""");
        await agent.Replay(await agent.Take());
        var view = await server.Admin.Ending(id);
        view.Str("phase").ShouldBe("failed");
        view["error"].Str("message").ShouldContain("program_not_run");
    }

    private static int Sleeping(string mark) => Directory.EnumerateDirectories("/proc").Count(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).StartsWith($"sleep\0{mark}\0", StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
