namespace Orrery.EndToEnd.Agents;

/// <summary>Agents that say nothing more.</summary>
public sealed class SilenceTests(ImpatientFixture fixture) : IClassFixture<ImpatientFixture>
{
    [Fact]
    public async Task The_stage_of_a_silent_agent_is_tried_on_another_satellite()
    {
        foreach (var agent in fixture.Agents.Values)
            await agent.Poll();
        const string quick = """{"mode":"live","placement":{"satellites":[25544,48274]},"program":{"duration_s":0.2},"policy":{"max_attempts":3} }""";
        var id = await fixture.Server.Admin.Submit(quick);
        var planned = (await fixture.Server.Admin.Stages(id))[0].Str("satellite");
        var first = await fixture.Agents[planned].Take();
        (await fixture.Agents[planned].Post(first, """{"type":"job.accepted","timestamp":"2026-03-07T14:23:45Z"}""")).MustBe(201);
        var elsewhere = planned == "25544" ? "48274" : "25544";
        var second = await fixture.Agents[elsewhere].Take();
        (await fixture.Server.Admin.Get($"/api/deployments/{first.Str("deployment_id")}")).MustBe(200).Str("error").ShouldBe("agent_silent");
        await fixture.Agents[elsewhere].Replay(second);
        var view = await fixture.Server.Admin.MustEndDone(id);
        view["outcome"].Int("attempts").ShouldBe(2);
        (await fixture.Server.Admin.Stages(id))[0].Str("satellite").ShouldBe(elsewhere);
    }
}
