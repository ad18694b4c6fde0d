namespace Orrery.EndToEnd.Clusters;

/// <summary>Every class that runs does so to its end: simulated satellites in orbit, cluster workloads on the ground.</summary>
public sealed class ClassTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    private const string Model = """ "model":{"layers":[{"name":"a","compute_fwd":2,"activation_mb":3,"params_mb":8},{"name":"b","compute_fwd":6,"activation_mb":1,"params_mb":4}]}""";

    private const string Policy = """ "policy":{"horizon_h":24},"mode":"simulated","speed_multiplier":100000 """;

    private Api Api => fixture.Ada;

    public static TheoryData<string, string, string[]> Classes => new()
    {
        { """{"class":"data-parallel","shards":3}""", """{"input_mb":60,"output_mb":30,"batches":6}""", ["0 shard orbit", "0 shard orbit", "0 shard orbit", "0 combine ground"] },
        {
            """{"class":"federated","rounds":2,"min_participants":2}""", """{"batches":4}""",
            ["0 client orbit", "0 client orbit", "0 aggregate ground", "1 client orbit", "1 client orbit", "1 aggregate ground"]
        },
        {
            """{"class":"split-learning","steps":2,"cut_after":"a"}""", """{"batches":2,"owner":25544}""",
            ["0 head orbit", "0 tail ground", "0 head orbit", "1 head orbit", "1 tail ground", "1 head orbit"]
        },
    };

    [Theory]
    [MemberData(nameof(Classes))]
    public async Task A_workload_of_the_class_runs_as_previewed(string parallelism, string data, string[] stages)
    {
        var body = $$"""{"placement":{"satellites":[25544,48274,53807]},"parallelism":{{parallelism}},"data":{{data}},{{Model}},{{Policy}}}""";
        var preview = (await Api.Post("/v1/workloads/preview", body)).MustBe(200);
        preview["plan"]!["feasible"]!.GetValue<bool>().ShouldBeTrue(preview.Text);
        var id = await Api.Submit(body);
        await Api.MustEndDone(id);
        var ran = await Api.Stages(id);
        ran.Select(stage => $"{stage.Int("round")} {stage.Str("role")} {stage.Str("location")}").ShouldBe(stages);
        ran.ShouldAllBe(stage => stage.Str("status") == "done");
        foreach (var ground in ran.Where(stage => stage.Str("location") == "ground"))
            (await Api.MustSucceed(ground.Str("cluster_workload_id"))).Str("userName").ShouldBe("ada");
        var view = (await Api.Get($"/v1/workloads/{id}")).MustBe(200);
        view["cost"].Int("stages").ShouldBe(stages.Count(stage => stage.EndsWith("orbit", StringComparison.Ordinal)));
        view["outcome"]!["makespan_s"]!.GetValue<double>().ShouldBe(preview["plan"]!["makespan_s"]!.GetValue<double>(), 2, "the mission went as planned");
    }

    [Fact]
    public async Task A_spatial_workload_sees_tiles_works_on_them_and_says_what_is_covered_by_when()
    {
        const string Area = """{"type":"Polygon","coordinates":[[[-2,43],[8,43],[8,50],[-2,50],[-2,43]]]}""";
        var body = $$"""{"placement":{"satellites":[25544,48274,53807]},"parallelism":{"class":"spatial"},"area_of_interest":{{Area}},"data":{"output_mb":40,"batches":4},{{Model}},{{Policy}}}""";
        var preview = (await Api.Post("/v1/workloads/preview", body)).MustBe(200);
        var coverage = preview["plan"]!["coverage"]!.AsArray();
        coverage[^1]!["covered"]!.GetValue<double>().ShouldBeInRange(0.3, 1);
        coverage[0]!["geometry"].Str("type").ShouldBe("MultiPolygon");
        var id = await Api.Submit(body);
        await Api.MustEndDone(id);
        var ran = await Api.Stages(id);
        ran.Count(stage => stage.Str("role") == "tile").ShouldBe(coverage.Count);
        ran[^1].Str("role").ShouldBe("combine");
        (await Api.Get($"/v1/workloads/{id}")).MustBe(200)["outcome"]!["makespan_s"]!.GetValue<double>().ShouldBe(preview["plan"]!["makespan_s"]!.GetValue<double>(), 2);
    }

    [Fact]
    public async Task A_simulated_satellite_saves_its_work_before_the_eclipse()
    {
        var id = await Api.Submit("{\"placement\":{\"satellites\":[25544]},\"program\":{\"duration_s\":6000}," + Policy + "}");
        await Api.MustEndDone(id);
        var saved = (await Api.Events(id)).Where(one => one.Str("event_type") == "checkpoint.saved").ToList();
        saved.ShouldNotBeEmpty("an orbit of the station has an eclipse");
        saved.ShouldContain(one => one!["payload"].Str("reason") == "eclipse");
        foreach (var one in saved.Where(one => one!["payload"].Str("reason") == "eclipse"))
            one!["payload"]!["eclipse_at"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThanOrEqualTo(one["event_timestamp"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    public async Task Distributed_training_gets_its_verdict_in_preview_and_is_refused_at_submit()
    {
        var body = $$"""{"placement":{"satellites":[25544,48274,53807]},"parallelism":{"class":"distributed-training"},{{Model}}}""";
        var preview = (await Api.Post("/v1/workloads/preview", body)).MustBe(200);
        preview.Str("kind").ShouldBe("distributed_training");
        preview["plan"]!["feasible"]!.GetValue<bool>().ShouldBeFalse();
        preview["plan"]!["isl_bound"]!.GetValue<bool>().ShouldBeTrue();
        preview["plan"]!["training"].Int("workers").ShouldBe(3);
        preview["plan"]!["reasons"]![0].Str("code").ShouldBe("isl_bound");
        var refused = (await Api.Post("/v1/workloads", body)).MustBe(422);
        refused["error"].Str("code").ShouldBe("preview_only");
    }
}
