namespace Orrery.EndToEnd.Documented;

/// <summary>The requests of the workloads document, answered as it says.</summary>
public abstract class WorkloadRequests(ServerFixture fixture)
{
    private Api Api => fixture.Server.Admin;

    [Fact]
    public async Task The_documented_preview_gives_the_documented_verdict()
    {
        var answer = (await Api.Post("/v1/workloads/preview", Bodies.Documented)).MustBe(200);
        answer.Str("kind").ShouldBe("model_parallel");
        answer["candidates"]!.ToJsonString().ShouldBe("3");
        answer["plan"]!["feasible"]!.ToJsonString().ShouldBe("true");
        answer["plan"]!["stages"]!.ToJsonString().ShouldBe("3");
        answer["plan"]!["isl_bound"]!.ToJsonString().ShouldBe("false");
        answer["plan"]!["partition"]!.AsArray().Count.ShouldBe(3);
        answer["cost_estimate"]!.ToJsonString().ShouldBe("""{"ocu":450,"cents":5400,"per_stage_ocu":150,"stages":3,"price_per_ocu_cents":12}""");
    }

    [Fact]
    public async Task A_preview_writes_nothing_and_repeats_itself()
    {
        var before = (await Api.Get("/v1/workloads?type=previewed")).MustBe(200).Json.Int("total");
        var body = Bodies.DocumentedWith("\"type\": \"previewed\"");
        var first = (await Api.Post("/v1/workloads/preview", body)).MustBe(200);
        var second = (await Api.Post("/v1/workloads/preview", body)).MustBe(200);
        second.Text.ShouldBe(first.Text);
        (await Api.Get("/v1/workloads?type=previewed")).Json.Int("total").ShouldBe(before);
    }

    [Fact]
    public async Task A_submitted_workload_runs_to_done_with_result_and_cost()
    {
        var submitted = (await Api.Post("/v1/workloads", Bodies.Documented)).MustBe(202);
        var id = submitted.Str("id");
        id.ShouldStartWith("wl_");
        submitted.Str("status").ShouldBe("scheduling");
        submitted.Str("status_url").ShouldBe($"/v1/workloads/{id}");
        submitted.Response.Headers.Location!.ToString().ShouldBe($"/v1/workloads/{id}");
        var view = await Api.MustEndDone(id);
        view.Str("workflow_status").ShouldBe("COMPLETED");
        view.Str("class").ShouldBe("model-parallel");
        view["placement"]!["satellites"]!.AsArray().Count.ShouldBe(3);
        view["outcome"].Int("stages_done").ShouldBe(3);
        view["outcome"].Int("attempts").ShouldBe(3);
        view["cost"].Int("cents").ShouldBe(5400);
        view["result"]!.ToJsonString().ShouldBe((await Api.Get($"/v1/workloads/{id}/artifacts")).MustBe(200).Text);
    }

    [Fact]
    public async Task Stages_have_the_documented_shape()
    {
        var id = await Api.Submit(Bodies.Documented);
        await Api.MustEndDone(id);
        var stages = await Api.Stages(id);
        stages.Select(stage => stage.Int("index")).ShouldBe([0L, 1L, 2L]);
        stages.ShouldAllBe(stage => stage.Str("status") == "done" && stage.Str("role") == "stage" && stage.Str("location") == "orbit");
        stages.Select(stage => (stage.Str("satellite"), stage.Str("satellite_name"))).Order().First().ShouldBe(("25544", "ISS (ZARYA)"));
    }

    [Fact]
    public async Task The_plan_that_runs_can_be_read()
    {
        var preview = (await Api.Post("/v1/workloads/preview", Bodies.Documented)).MustBe(200);
        var id = await Api.Submit(Bodies.Documented);
        var plan = (await Api.Get($"/v1/workloads/{id}/plan")).MustBe(200);
        plan["plan"].Str("fingerprint").ShouldBe(preview["plan"].Str("fingerprint"));
    }

    [Fact]
    public async Task An_empty_object_is_a_workload()
    {
        var view = await Api.MustEndDone(await Api.Submit("{}"));
        view.Str("class").ShouldBe("single");
        view["cost"].Int("ocu").ShouldBe(150);
    }

    [Fact]
    public async Task Cancel_stops_a_running_workload_and_may_be_repeated()
    {
        var id = await Api.Submit(Bodies.Slow());
        await Wait.Until("a running stage", async () => (await Api.Stages(id))[0].Str("status") == "running");
        var first = (await Api.Post($"/v1/workloads/{id}/cancel")).MustBe(200);
        first.Text.ShouldBe($$"""{"id":"{{id}}","status":"canceled"}""");
        (await Api.Post($"/v1/workloads/{id}/cancel")).MustBe(200).Text.ShouldBe(first.Text);
        var view = await Api.Ending(id);
        view.Str("phase").ShouldBe("canceled");
        view.Str("workflow_status").ShouldBe("CANCELED");
        (await Api.Stages(id))[0].Str("status").ShouldBe("dropped");
    }

    [Fact]
    public async Task A_workload_that_is_done_cannot_be_canceled()
    {
        var id = await Api.Submit("{}");
        await Api.MustEndDone(id);
        (await Api.Post($"/v1/workloads/{id}/cancel")).MustBe(409)["error"].Str("code").ShouldBe("already_finished");
    }

    [Fact]
    public async Task A_workload_past_its_deadline_is_timed_out_or_refused()
    {
        var refused = (await Api.Post("/v1/workloads", Bodies.DocumentedWith("\"policy\": { \"deadline_s\": 0.001 }"))).MustBe(422);
        refused["error"].Str("code").ShouldBe("infeasible");
        refused["error"]!["details"]!["reasons"]!.AsArray().Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_unexpected_fingerprint_or_price_refuses_the_submit()
    {
        var changed = (await Api.Post("/v1/workloads", Bodies.DocumentedWith("\"policy\": { \"expect_fingerprint\": \"0123\" }"))).MustBe(409);
        changed["error"].Str("code").ShouldBe("plan_changed");
        var dear = (await Api.Post("/v1/workloads", Bodies.DocumentedWith("\"policy\": { \"max_cents\": 5399 }"))).MustBe(409);
        dear["error"]!["details"].Int("cents").ShouldBe(5400);
        (await Api.Post("/v1/workloads", Bodies.DocumentedWith("\"policy\": { \"max_cents\": 5400 }"))).MustBe(202);
    }

    [Fact]
    public async Task The_list_filters_and_pages_newest_first()
    {
        var ids = new List<string>();
        foreach (var name in new[] { "a", "b", "c" })
            ids.Add(await Api.Submit($$"""{"name":"{{name}}","labels":{"list":"paged"} }"""));
        var first = (await Api.Get("/v1/workloads?label=list=paged&limit=2")).MustBe(200).Json;
        first["data"]!.AsArray().Select(view => view.Str("name")).ShouldBe(["c", "b"]);
        first.Int("total").ShouldBe(3);
        first["has_more"]!.GetValue<bool>().ShouldBeTrue();
        var second = (await Api.Get("/v1/workloads?label=list=paged&limit=2&offset=2")).MustBe(200).Json;
        second["data"]!.AsArray().Select(view => view.Str("id")).ShouldBe([ids[0]]);
        second["has_more"]!.GetValue<bool>().ShouldBeFalse();
    }
}

public sealed class WorkloadRequestsOnSqlite(SqliteFixture fixture) : WorkloadRequests(fixture), IClassFixture<SqliteFixture>;

public sealed class WorkloadRequestsOnPostgres(PostgresFixture fixture) : WorkloadRequests(fixture), IClassFixture<PostgresFixture>;
