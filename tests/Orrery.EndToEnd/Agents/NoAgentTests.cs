namespace Orrery.EndToEnd.Agents;

/// <summary>Live work on a server that no agent ever spoke to.</summary>
public sealed class NoAgentTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private Api Admin => fixture.Server.Admin;

    [Fact]
    public async Task Work_is_simulated_until_there_is_an_agent_key()
    {
        (await Admin.Post("/v1/workloads/preview", "{}")).MustBe(200).Str("mode").ShouldBe("simulated");
        await LiveFleet.Renew(fixture.Server);
        await LiveFleet.AgentKey(fixture.Server, "25544");
        (await Admin.Post("/v1/workloads/preview", "{}")).MustBe(200).Str("mode").ShouldBe("live");
    }

    [Fact]
    public async Task Live_work_waits_for_an_agent_and_says_so()
    {
        var simulated = await Admin.Submit("""{"mode":"simulated","placement":{"satellites":[53807]},"program":{"duration_s":1} }""");
        await Admin.MustEndDone(simulated);
        var plan = (await History(simulated)).Str("plan_id");
        (await Admin.Post("/api/deployments", $$"""{"plan_id":"{{plan}}","mode":"live"}""")).MustBe(201).Str("status").ShouldBe("pending");
        var live = (await Admin.Get("/v1/workloads?limit=1")).MustBe(200)["data"]![0].Str("id");
        await Wait.Until("the reason", async () => (await Admin.Stages(live))[0]!["reason"]?.GetValue<string>() == "waiting_for_agent");
        (await Admin.Stages(live))[0].Str("status").ShouldBe("pending");
        (await Admin.Post($"/v1/workloads/{live}/cancel")).MustBe(200);
    }

    private async Task<JsonNode> History(string workload) => (await Durability.History.Deployments(Admin, workload)).Single();
}
