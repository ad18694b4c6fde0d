namespace Orrery.EndToEnd.Agents;

/// <summary>Our own agent, as processes of its own beside a real server.</summary>
public sealed class OwnAgentTests
{
    private const string TwoSeconds = """{"mode":"live","placement":{"satellites":[25544,48274]},"program":{"duration_s":2} }""";

    [Fact]
    public async Task Three_agents_run_the_documented_workload_live()
    {
        await using var fleet = await AgentFleet.Start(LiveFleet.Satellites);
        var id = await fleet.Server.Admin.Submit(Bodies.DocumentedWith("\"mode\": \"live\", \"policy\": {\"horizon_h\": 48}"));
        var view = await fleet.Server.Admin.MustEndDone(id);
        view["outcome"].Int("attempts").ShouldBe(3);
        view["cost"].Int("cents").ShouldBe(5400);
    }

    [Fact]
    public async Task The_stage_of_a_killed_agent_is_run_by_another()
    {
        await using var fleet = await AgentFleet.Start(silenceS: 3, ["25544", "48274"]);
        var id = await fleet.Server.Admin.Submit(TwoSeconds);
        var victim = await fleet.AtWork(id);
        await fleet.Agents[victim].Kill();
        var view = await fleet.Server.Admin.MustEndDone(id);
        view["outcome"].Int("attempts").ShouldBe(2);
        (await fleet.Server.Admin.Stages(id))[0].Str("satellite").ShouldNotBe(victim);
    }

    [Fact]
    public async Task An_agent_killed_and_started_again_goes_on_and_repeats_nothing()
    {
        await using var fleet = await AgentFleet.Start("25544", "48274");
        var id = await fleet.Server.Admin.Submit(TwoSeconds);
        var victim = await fleet.AtWork(id);
        await fleet.Agents[victim].Kill();
        fleet.Launch(victim);
        var view = await fleet.Server.Admin.MustEndDone(id);
        view["outcome"].Int("attempts").ShouldBe(1, fleet.Agents[victim].Said);
        await Durability.History.MustBeWhole(fleet.Server.Admin, id);
    }

    [Fact]
    public async Task Agents_keep_what_they_have_to_report_while_the_server_is_down()
    {
        await using var fleet = await AgentFleet.Start("25544");
        var id = await fleet.Server.Admin.Submit("""{"mode":"live","placement":{"satellites":[25544]},"program":{"duration_s":2} }""");
        await fleet.AtWork(id);
        await fleet.Server.Process.Kill();
        await fleet.Server.Start();
        var view = await fleet.Server.Admin.MustEndDone(id);
        view["outcome"].Int("attempts").ShouldBe(1, fleet.Agents["25544"].Said);
        await Durability.History.MustBeWhole(fleet.Server.Admin, id);
    }
}
