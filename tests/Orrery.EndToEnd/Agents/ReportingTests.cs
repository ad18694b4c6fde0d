namespace Orrery.EndToEnd.Agents;

/// <summary>The requests of the deployments document, answered as it says.</summary>
public abstract class ReportingTests(LiveServerFixture fixture)
{
    private Api Admin => fixture.Server.Admin;

    [Fact]
    public async Task The_documented_event_is_taken_and_listed_as_documented()
    {
        var work = await Taken();
        var posted = (await fixture.Iss.Post(work,
            """
            {
                "type": "step.completed",
                "timestamp": "2026-03-07T14:23:45Z",
                "job_id": "preset-001",
                "step_id": "feature_extraction",
                "payload": {
                  "duration_s": 180,
                  "location": "onboard",
                  "data_output_mb": 10.5
                }
              }
            """)).MustBe(201);
        posted.Str("id").ShouldStartWith("evt-");
        posted.Json.Members().ShouldBe(["id", "deployment_status"]);
        var listed = (await Admin.Get($"/api/deployments/{work.Str("deployment_id")}/events")).MustBe(200).Json;
        listed.Members().ShouldBe(["events", "total", "offset", "limit"]);
        listed.Int("limit").ShouldBe(100);
        var first = listed["events"]![0]; // it is older than what the server wrote itself
        first.Str("id").ShouldBe(posted.Str("id"));
        first.Members().Take(6).ShouldBe(["id", "event_type", "step_id", "payload", "event_timestamp", "created_at"]);
        first.Str("event_type").ShouldBe("step.completed");
        first.Str("event_timestamp").ShouldBe("2026-03-07T14:23:45Z");
        first!["payload"]!.ToJsonString().ShouldBe("""{"duration_s":180,"location":"onboard","data_output_mb":10.5}""");
        await End(work);
    }

    [Fact]
    public async Task Events_are_listed_in_the_order_of_their_time_by_pages()
    {
        var work = await Taken();
        await fixture.Iss.Post(work, """[{"type":"step.progress","timestamp":"2020-01-02T00:00:00.000000002Z"},{"type":"step.progress","timestamp":"2020-01-02T01:00:00.000000001+01:00"}]""");
        var path = $"/api/deployments/{work.Str("deployment_id")}/events";
        var all = (await Admin.Get(path)).MustBe(200).Json;
        all["events"]!.AsArray().Take(2).Select(one => one.Str("event_timestamp")).ShouldBe(["2020-01-02T00:00:00.000000001Z", "2020-01-02T00:00:00.000000002Z"]);
        var second = (await Admin.Get($"{path}?offset=1&limit=1")).MustBe(200).Json;
        second["events"]!.AsArray().Single().Str("id").ShouldBe(all["events"]![1].Str("id"));
        (second.Int("offset"), second.Int("limit"), second.Int("total")).ShouldBe((1, 1, all.Int("total")));
        foreach (var bad in new[] { "limit=0", "limit=501", "limit=ten", "offset=-1", "offset=0.5", "page=2" })
            (await Admin.Get($"{path}?{bad}")).MustBe(400).Str("error").ShouldContain(bad.Split('=')[0]);
        await End(work);
    }

    [Fact]
    public async Task A_repeated_key_answers_the_first_id()
    {
        var work = await Taken();
        const string posted = """{"type":"job.accepted","timestamp":"2026-03-07T14:23:45Z","key":"once"}""";
        var first = (await fixture.Iss.Post(work, posted)).MustBe(201);
        (await fixture.Iss.Post(work, posted)).MustBe(201).Text.ShouldBe(first.Text);
        var same = (await fixture.Iss.Post(work, $"[{posted},{posted}]")).MustBe(201);
        same["ids"]!.AsArray().Select(id => id!.GetValue<string>()).Distinct().ShouldBe([first.Str("id")]);
        (await Listed(work)).Count(one => one.Str("event_type") == "job.accepted").ShouldBe(1);
        await End(work);
    }

    [Fact]
    public async Task A_bad_element_of_an_array_does_not_spoil_the_others()
    {
        var work = await Taken();
        var answer = (await fixture.Iss.Post(
            work, """[{"type":"job.accepted","timestamp":"2026-03-07T14:23:45Z"},{"type":"no dots","timestamp":"2026-03-07T14:23:45Z"},{"type":"step.started","timestamp":7},5]""")).MustBe(207);
        answer["results"]!.AsArray().Select(result => result.Int("status")).ShouldBe([201, 400, 400, 400]);
        answer["results"]![1].Str("error").ShouldContain("type");
        answer["results"]![2].Str("error").ShouldContain("timestamp");
        answer.Str("deployment_status").ShouldBe("running");
        (await Listed(work)).Count(one => one.Str("actor").Contains("sat-25544") && one.Str("event_type").StartsWith("job.")).ShouldBe(1);
        await End(work);
    }

    [Fact]
    public async Task What_comes_after_the_end_is_kept_as_late_and_changes_nothing()
    {
        var work = await Taken();
        (await fixture.Iss.Post(work, """{"type":"job.completed","timestamp":"2026-03-07T14:23:45Z"}""")).MustBe(201).Str("deployment_status").ShouldBe("completed");
        (await fixture.Iss.Post(work, """{"type":"job.failed","timestamp":"2026-03-07T14:23:46Z"}""")).MustBe(201).Str("deployment_status").ShouldBe("completed");
        (await Listed(work)).Single(one => one.Str("event_type") == "job.failed")["late"]!.GetValue<bool>().ShouldBeTrue();
        var deployment = (await Admin.Get($"/api/deployments/{work.Str("deployment_id")}")).MustBe(200);
        deployment.Str("status").ShouldBe("completed");
        (await Admin.MustEndDone(deployment.Str("workload_id")))["cost"].Int("ocu").ShouldBe(150);
    }

    [Fact]
    public async Task An_agent_learns_that_its_work_was_cancelled()
    {
        var work = await Taken();
        var id = work.Str("deployment_id");
        (await fixture.Iss.Post(work, """{"type":"job.accepted","timestamp":"2026-03-07T14:23:45Z"}""")).MustBe(201);
        (await fixture.Iss.Api.Get($"/api/agent/deployments/{id}")).MustBe(200).Str("status").ShouldBe("running");
        (await Admin.Post($"/api/deployments/{id}/cancel")).MustBe(200).Text.ShouldBe($$"""{"id":"{{id}}","status":"cancelled"}""");
        (await fixture.Iss.Api.Get($"/api/agent/deployments/{id}")).MustBe(200).Str("status").ShouldBe("cancelled");
        (await fixture.Iss.Poll()).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_stored_stage_plan_runs_again()
    {
        var work = await Taken();
        await fixture.Iss.Replay(work);
        var again = (await Admin.Post("/api/deployments", $$"""{"plan_id":"{{work.Str("plan_id")}}","mode":"simulated"}""")).MustBe(201);
        again.Str("id").ShouldStartWith("dep-");
        await Wait.Until("the second run", async () => (await Admin.Get($"/api/deployments/{again.Str("id")}")).MustBe(200).Str("status") == "completed");
    }

    /// <summary>Live work that the first satellite's agent has just been given.</summary>
    private async Task<JsonNode> Taken()
    {
        await Admin.Submit(LiveFleet.Single("25544"));
        return await fixture.Iss.Take();
    }

    private async Task End(JsonNode work) =>
        (await fixture.Iss.Post(work, """{"type":"job.completed","timestamp":"2026-03-07T14:23:45Z"}""")).MustBe(201);

    private async Task<List<JsonNode>> Listed(JsonNode work) =>
        [.. (await Admin.Get($"/api/deployments/{work.Str("deployment_id")}/events")).MustBe(200)["events"]!.AsArray().Select(one => one!)];
}

public sealed class ReportingOnSqlite(LiveSqliteFixture fixture) : ReportingTests(fixture), IClassFixture<LiveSqliteFixture>;

public sealed class ReportingOnPostgres(LivePostgresFixture fixture) : ReportingTests(fixture), IClassFixture<LivePostgresFixture>;
