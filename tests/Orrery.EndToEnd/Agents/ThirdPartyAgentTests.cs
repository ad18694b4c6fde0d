namespace Orrery.EndToEnd.Agents;

/// <summary>Agents that already fly, with their habits and their losses.</summary>
public sealed class ThirdPartyAgentTests(LiveSqliteFixture fixture) : IClassFixture<LiveSqliteFixture>
{
    private Api Admin => fixture.Server.Admin;

    [Fact]
    public async Task An_agent_that_never_registered_may_poll_and_gets_no_content()
    {
        using var agent = new FlyingAgent(fixture.Server.Address, fixture.Server.AdminKey, "sat-99998");
        var answer = await agent.Poll();
        answer.Status.ShouldBe(204);
        answer.Text.ShouldBeEmpty();
        answer.Response.Content.Headers.ContentType.ShouldBeNull();
        (await agent.Api.Post("/api/agent/register", """{"agent_id":"sat-99998","satellite_id":"99998"}""")).MustBe(201).Str("status").ShouldBe("idle");
        (await agent.Api.Post("/api/agent/telemetry", """{"agent_id":"sat-99998","status":"idle","timestamp":"2026-03-07T14:23:45Z","battery_percent":81.5}""")).MustBe(200)["ok"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Every_event_of_the_script_has_the_members_that_agents_need()
    {
        await Admin.Submit(LiveFleet.Single("53807"));
        var work = await fixture.Agents["53807"].Take();
        work.Members().ShouldBe(["plan_id", "deployment_id", "satellite_id", "plan_data", "events"]);
        var script = work["events"]!.AsArray();
        script.ShouldAllBe(one => one!["type"] != null && one["timestamp"] != null && one["job_id"] != null && one["payload"] is JsonObject);
        script[0].Str("type").ShouldBe("job.accepted");
        script[^1].Str("type").ShouldBe("job.completed");
        await fixture.Agents["53807"].Replay(work);
    }

    [Fact]
    public async Task Three_agents_replay_their_scripts_and_the_workload_is_done()
    {
        var id = await Admin.Submit(Bodies.DocumentedWith("\"mode\": \"live\", \"policy\": {\"horizon_h\": 48}"));
        for (var stage = 0; stage < 3; stage++)
        {
            var (agent, work) = await Wait.For($"an agent with work of stage {stage}", Offered);
            work["plan_data"].Int("stage_index").ShouldBe(stage);
            await agent.Replay(work);
        }
        var view = await Admin.MustEndDone(id);
        view.Str("mode").ShouldBe("live");
        view["cost"].Int("cents").ShouldBe(5400);
        (await Admin.Events(id)).Count(one => one.Str("event_type") == "job.completed").ShouldBe(3);
    }

    [Fact]
    public async Task Work_that_is_never_begun_is_offered_three_times_and_then_tried_anew()
    {
        var id = await Admin.Submit(LiveFleet.Single("25544"));
        var first = await fixture.Iss.Take();
        for (var offer = 2; offer <= 3; offer++)
            (await fixture.Iss.Poll()).MustBe(200).Str("deployment_id").ShouldBe(first.Str("deployment_id"));
        var second = await fixture.Iss.Take();
        second.Str("deployment_id").ShouldNotBe(first.Str("deployment_id"));
        (await Admin.Get($"/api/deployments/{first.Str("deployment_id")}")).MustBe(200).Str("error").ShouldBe("not_taken");
        await fixture.Iss.Replay(second);
        (await Admin.MustEndDone(id))["outcome"].Int("attempts").ShouldBe(2);
    }

    [Fact]
    public async Task A_poll_while_running_means_that_the_report_was_lost()
    {
        var id = await Admin.Submit(LiveFleet.Single("48274"));
        var agent = fixture.Agents["48274"];
        var first = await agent.Take();
        (await agent.Post(first, """{"type":"job.accepted","timestamp":"2026-03-07T14:23:45Z"}""")).MustBe(201);
        await agent.Poll();
        (await Admin.Get($"/api/deployments/{first.Str("deployment_id")}")).MustBe(200).Str("error").ShouldBe("report_lost");
        await agent.Replay(await agent.Take());
        await Admin.MustEndDone(id);
    }

    [Fact]
    public async Task A_lost_last_event_is_made_good_by_the_last_steps_report()
    {
        var id = await Admin.Submit(LiveFleet.Single("25544"));
        var work = await fixture.Iss.Take();
        await fixture.Iss.Replay(work, unless: type => type == "job.completed");
        (await fixture.Iss.Poll()).Status.ShouldBe(204);
        (await Admin.MustEndDone(id))["outcome"].Int("attempts").ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_attempt_is_tried_again_until_the_attempts_are_used_up()
    {
        var id = await Admin.Submit(LiveFleet.Single("25544"));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var work = await fixture.Iss.Take();
            (await fixture.Iss.Post(work, """{"type":"job.failed","timestamp":"2026-03-07T14:23:45Z","payload":{"error":"sensor stuck"}}""")).MustBe(201).Str("deployment_status").ShouldBe("failed");
        }
        var view = await Admin.Ending(id);
        view.Str("phase").ShouldBe("failed");
        (await Admin.Stages(id))[0].Str("error").ShouldContain("sensor stuck");
    }

    [Fact]
    public async Task What_runs_beside_a_failed_attempt_runs_on_where_it_is()
    {
        var id = await Admin.Submit(
            """{"mode":"live","placement":{"satellites":[25544,48274,53807]},"parallelism":{"class":"data-parallel","shards":2},"data":{"batches":2},"program":{"duration_s":30},"policy":{"horizon_h":24}}""");
        var planned = await Admin.Stages(id);
        var (keeps, fails) = (planned[0].Str("satellite"), planned[1].Str("satellite"));
        var kept = await fixture.Agents[keeps].Take();
        (await fixture.Agents[keeps].Post(kept, """{"type":"job.accepted","timestamp":"2026-03-07T14:23:45Z"}""")).MustBe(201);
        var lost = await fixture.Agents[fails].Take();
        (await fixture.Agents[fails].Post(lost, """{"type":"job.failed","timestamp":"2026-03-07T14:23:45Z","payload":{"error":"sensor stuck"}}""")).MustBe(201);

        var again = await Wait.For("the second attempt", async () => await Admin.Stages(id) is var now && now[1].Int("attempt") == 2 ? now : null);
        (again[0].Str("satellite"), again[0].Str("status"), again[0].Str("deployment_id")).ShouldBe((keeps, "running", kept.Str("deployment_id")));
        var moved = again[1].Str("satellite");
        moved.ShouldBe(LiveFleet.Satellites.Single(one => one != keeps && one != fails));
        await fixture.Agents[moved].Replay(await fixture.Agents[moved].Take());
        await fixture.Agents[keeps].Replay(kept, unless: type => type == "job.accepted");
        (await Admin.MustEndDone(id))["outcome"].Int("attempts").ShouldBe(4, "two shards, one of them twice, and the ground");
    }

    [Fact]
    public async Task A_deployment_of_another_agent_does_not_exist()
    {
        await Admin.Submit(LiveFleet.Single("25544"));
        var work = await fixture.Iss.Take();
        var other = fixture.Agents["48274"];
        (await other.Post(work, """{"type":"job.completed","timestamp":"2026-03-07T14:23:45Z"}""")).MustBe(404);
        (await other.Api.Get($"/api/agent/deployments/{work.Str("deployment_id")}")).MustBe(404);
        (await other.Api.Get($"/api/deployments/{work.Str("deployment_id")}/events")).MustBe(404);
        (await fixture.Iss.Api.Get($"/api/deployments/{work.Str("deployment_id")}/events")).MustBe(200);
        await fixture.Iss.Replay(work);
    }

    private async Task<Offer?> Offered()
    {
        foreach (var agent in fixture.Agents.Values)
        {
            if (await agent.Poll() is { Status: 200 } answer)
                return new Offer(agent, answer.Json);
        }
        return null;
    }

    private sealed record Offer(FlyingAgent Agent, JsonNode Work);
}
