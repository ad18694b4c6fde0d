using Orrery.EndToEnd.Clusters;

namespace Orrery.EndToEnd.Programs;

public sealed class SqliteProgramTests(SqliteClusterFixture fixture) : SimulatedProgramTests(fixture), IClassFixture<SqliteClusterFixture>
{
    [Fact]
    public async Task A_program_that_fails_is_tried_again_and_its_word_is_the_reason()
    {
        var view = await Api.Ending(await Api.Submit(ProgramSteps.Chain("echo too hot >&2; [ $ORRERY_STAGE_INDEX = 0 ] || exit 4")));
        view.Str("phase").ShouldBe("failed");
        view["error"].Str("message").ShouldContain("exited with code 4", customMessage: view.ToJsonString());
        view["outcome"].Int("stages_done").ShouldBe(1);
        view["cost"].Int("stages").ShouldBe(1, "only what finished is paid");
    }

    [Theory]
    [InlineData("ln -s /etc/shadow $ORRERY_OUTPUT_DIR/shadow", "not a plain file")]
    [InlineData("mkdir $ORRERY_OUTPUT_DIR/deep; : >$ORRERY_OUTPUT_DIR/deep/file", "put folders into one archive")]
    [InlineData("touch \"$ORRERY_OUTPUT_DIR/two words\"", "name of an artifact")]
    [InlineData("head -c 3000000 /dev/zero >$ORRERY_OUTPUT_DIR/large", "more than the 2 MB that a stage may leave")]
    public async Task What_cannot_be_kept_fails_the_stage_and_says_why(string script, string reason)
    {
        await using var server = await TestServer.Run(null, "Programs:OutputMb=2", "Clusters:ResyncS=0.5");
        var view = await server.Admin.Ending(await server.Admin.Submit(ProgramSteps.Chain(script)));
        view.Str("phase").ShouldBe("failed");
        view["error"].Str("message").ShouldContain(reason, customMessage: view.ToJsonString());
        (await server.Admin.Artifacts(view.Str("id"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_workload_leaves_no_program_running()
    {
        var id = await Api.Submit(ProgramSteps.Chain("exec sleep 1000"));
        var cluster = await Wait.For("the program", async () => (await Api.Stages(id))[0]?["cluster_workload_id"]?.GetValue<string>());
        await Api.UntilPhase(cluster, "Running");
        (await Api.Post($"/v1/workloads/{id}/cancel")).MustBe(200);
        (await Api.UntilEnd(cluster)).Str("phase").ShouldBe("Stopped");
        (await Processes.Of(cluster)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_workload_that_cannot_be_done_in_time_is_done_in_a_cheaper_tier_and_its_program_knows()
    {
        const string Body = """
            {"placement":{"satellites":[25544]},"model":{"layers":[{"name":"a","compute_fwd":200,"params_mb":10}],
             "quality_tiers":[{"name":"full"},{"name":"int8","compute_factor":0.1,"params_factor":0.25,"output_factor":0.5}]},
             "policy":{"horizon_h":24DEADLINE},"program":{"entry_point":"cp $ORRERY_INPUT_DIR/stage.json $ORRERY_OUTPUT_DIR/told"},"mode":"simulated","speed_multiplier":100000}
            """;
        var full = (await Api.Post("/v1/workloads/preview", Body.Replace("DEADLINE", "", StringComparison.Ordinal))).MustBe(200)["plan"]!;
        full.Str("quality_tier").ShouldBe("full");
        var makespan = full["makespan_s"]!.GetValue<double>();
        var late = Body.Replace("DEADLINE", $",\"deadline_s\":{(int)(makespan - 60)}", StringComparison.Ordinal);
        var plan = (await Api.Post("/v1/workloads/preview", late)).MustBe(200)["plan"]!;
        plan.Str("quality_tier").ShouldBe("int8");
        plan["notes"]!.AsArray().ShouldContain(note => note!.GetValue<string>().StartsWith("Quality tier full cannot be planned"));

        var id = await Api.Submit(late);
        await Api.MustEndDone(id);
        (await Api.Artifacts(id))["0/told"].ShouldContain("\"quality_tier\":\"int8\"");
        (await Api.Get($"/v1/workloads/{id}/plan")).MustBe(200).Text.ShouldContain("\"quality_tier\":\"int8\"");
    }

    [Fact]
    public async Task What_a_place_forgets_is_forgotten()
    {
        const string Script = "if [ $ORRERY_STAGE_INDEX = 0 ]; then touch $ORRERY_STATE_DIR/a; else rm -f $ORRERY_STATE_DIR/a; fi; ls $ORRERY_STATE_DIR >$ORRERY_OUTPUT_DIR/left";
        var id = await Api.Submit(
            $$"""
            {"placement":{"satellites":[25544,48274]},"parallelism":{"class":"split-learning","steps":2,"cut_after":"a"},"data":{"batches":2,"owner":25544},
             "model":{"layers":[{"name":"a","compute_fwd":1,"activation_mb":1},{"name":"b","compute_fwd":1,"activation_mb":1}]},
             "policy":{"horizon_h":24},"program":{"entry_point":"ls $ORRERY_STATE_DIR >$ORRERY_OUTPUT_DIR/found; {{Script}}","duration_s":1},"mode":"simulated","speed_multiplier":100000}
            """);
        await Api.MustEndDone(id);
        var artifacts = await Api.Artifacts(id);
        new[] { "0/found", "2/found", "3/found", "5/found" }.Select(name => artifacts[name].Trim()).ShouldBe(["", "a", "", ""], "the head removed it in its second stage");
    }

    [Fact]
    public async Task The_place_of_a_head_remembers_from_step_to_step()
    {
        const string Script = "n=$(cat $ORRERY_STATE_DIR/n 2>/dev/null || echo 0); echo $((n + 1)) >$ORRERY_STATE_DIR/n; cp $ORRERY_STATE_DIR/n $ORRERY_OUTPUT_DIR/seen";
        var id = await Api.Submit(
            $$"""
            {"placement":{"satellites":[25544,48274]},"parallelism":{"class":"split-learning","steps":2,"cut_after":"a"},"data":{"batches":2,"owner":25544},
             "model":{"layers":[{"name":"a","compute_fwd":1,"activation_mb":1},{"name":"b","compute_fwd":1,"activation_mb":1}]},
             "policy":{"horizon_h":24},"program":{"entry_point":"{{Script}}","duration_s":1},"mode":"simulated","speed_multiplier":100000}
            """);
        await Api.MustEndDone(id);
        var seen = await Api.Artifacts(id);
        (await Api.Stages(id)).Select(stage => $"{stage.Str("role")} {seen[$"{stage.Int("index")}/seen"].Trim()}")
            .ShouldBe(["head 1", "tail 1", "head 2", "head 3", "tail 2", "head 4"]);
    }
}

public sealed class PostgresProgramTests(PostgresClusterFixture fixture) : SimulatedProgramTests(fixture), IClassFixture<PostgresClusterFixture>;

/// <summary>Programs of simulated satellites: real processes whose outputs are the next stages' inputs.</summary>
public abstract class SimulatedProgramTests(ClusterFixture fixture)
{
    protected Api Api => fixture.Ada;

    [Fact]
    public async Task Each_stage_runs_its_program_with_the_outputs_of_the_stage_before_it()
    {
        var brought = await Api.Bring("from home\n");
        var script = """
            set -e
            cat "$ORRERY_INPUT_DIR"/stage-*/trail >"$ORRERY_OUTPUT_DIR/trail" 2>/dev/null || true
            echo "$ORRERY_ROLE $ORRERY_STAGE_INDEX of $ORRERY_STAGE_COUNT: $(cat "$ORRERY_INPUT_DIR/data/greeting") $SECRET" >>"$ORRERY_OUTPUT_DIR/trail"
            """;
        var body = ProgramSteps.Chain(script, $$""","env":{"SECRET":"opensesame"},"inputs":[{"name":"data/greeting","contentId":"{{brought}}"}]""");
        var preview = (await Api.Post("/v1/workloads/preview", body)).MustBe(200);
        var id = await Api.Submit(body);
        var view = await Api.MustEndDone(id);
        static string Line(int stage) => $"stage {stage} of 3: from home opensesame\n";
        (await Api.Artifacts(id)).ShouldBe(new Dictionary<string, string>
        {
            ["0/trail"] = Line(0),
            ["1/trail"] = Line(0) + Line(1),
            ["2/trail"] = Line(0) + Line(1) + Line(2),
        });
        view["result"]!["artifacts"]!.AsArray().Count.ShouldBe(3);
        view["spec"]!["program"]!["env"].Str("SECRET").ShouldBe("opensesame", "its owner sees it");
        view["outcome"]!["makespan_s"]!.GetValue<double>().ShouldBe(preview["plan"]!["makespan_s"]!.GetValue<double>(), 2, "the mission stands still for programs");
        (await Api.Events(id)).Count(one => one.Str("event_type") == "artifact.stored").ShouldBe(3);
    }

    [Fact]
    public async Task Only_those_who_may_see_a_workload_read_its_artifacts()
    {
        var id = await Api.Submit(ProgramSteps.Chain("echo of ada $ORRERY_STAGE_INDEX >$ORRERY_OUTPUT_DIR/secret"));
        var view = await Api.MustEndDone(id);
        var content = view["result"]!["artifacts"]![0].Str("contentId");
        using var stranger = (await Users.Add(fixture.Server, $"user-{Guid.NewGuid():N}")).Api;
        (await stranger.Get($"/v1/artifacts/{content}")).MustBe(404);
        (await stranger.Post("/v1/workloads", ProgramSteps.Chain("true", $$""","inputs":[{"name":"x","contentId":"{{content}}"}]"""))).MustBe(400).Text.ShouldContain("program.inputs[0].contentId");
        (await fixture.Server.Admin.Get($"/v1/artifacts/{content}")).MustBe(200);
        var part = (await Api.Get($"/v1/artifacts/{content}", ("Range", "bytes=3-5"))).MustBe(206);
        part.Text.ShouldBe("ada");
        part.Response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        part.Response.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=secret; filename*=UTF-8''secret");
        var tag = part.Response.Headers.ETag!.Tag;
        (await Api.Get($"/v1/artifacts/{content}", ("If-None-Match", tag))).MustBe(304);
        var head = (await Api.Send(HttpMethod.Head, $"/v1/artifacts/{content}", null)).MustBe(200);
        (head.Text, head.Response.Content.Headers.ContentLength).ShouldBe(("", 9));
    }

    [Fact]
    public async Task What_was_brought_can_be_taken_back()
    {
        var first = await Api.Bring($"mine {Guid.NewGuid()}");
        (await Api.Get($"/v1/artifacts/{first}")).MustBe(200);
        (await Api.Delete($"/v1/artifacts/{first}")).MustBe(204);
        (await Api.Get($"/v1/artifacts/{first}")).MustBe(404);
        (await Api.Delete($"/v1/artifacts/{first}")).MustBe(404);
    }

    [Fact]
    public async Task Bytes_that_are_not_what_they_are_said_to_be_are_refused()
    {
        var wrong = Convert.ToBase64String(new byte[32]);
        (await Api.Post("/v1/artifacts", "text", ("Content-Digest", $"sha-256=:{wrong}:"))).MustBe(400).Text.ShouldContain("Content-Digest");
        var right = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("text"u8));
        (await Api.Post("/v1/artifacts", "text", ("Content-Digest", $"sha-256=:{right}:"))).MustBe(201);
    }
}
