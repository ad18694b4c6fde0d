using Orrery.EndToEnd.Clusters;
using Orrery.EndToEnd.Programs;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>Missions whose stages run here.</summary>
public abstract partial class KubernetesScenarios
{
    [Fact]
    public async Task Programs_of_a_mission_get_their_files_and_what_they_leave_is_given_on()
    {
        Begin();
        const string Script = """
            cat $ORRERY_INPUT_DIR/words/first $ORRERY_INPUT_DIR/stage-$((ORRERY_STAGE_INDEX - 1))/told >$ORRERY_OUTPUT_DIR/told 2>/dev/null
            echo stage $ORRERY_STAGE_INDEX of $ORRERY_STAGE_COUNT >>$ORRERY_OUTPUT_DIR/told
            """;
        var brought = await fixture.Ada.Bring("hello\n");
        var body = OnThisCluster(ProgramSteps.Chain(Script, $",\"image\":\"{KubernetesFixture.Image}\",\"inputs\":[{{\"name\":\"words/first\",\"contentId\":\"{brought}\"}}]"));
        var id = await fixture.Ada.Submit(body);
        await fixture.Ada.MustEndDone(id);
        (await fixture.Ada.Artifacts(id)).ShouldBe(new Dictionary<string, string>
        {
            ["0/told"] = "hello\nstage 0 of 3\n",
            ["1/told"] = "hello\nhello\nstage 0 of 3\nstage 1 of 3\n",
            ["2/told"] = "hello\nhello\nhello\nstage 0 of 3\nstage 1 of 3\nstage 2 of 3\n",
        }, ignoreOrder: true, (await fixture.Ada.Get($"/v1/workloads/{id}/events?limit=200")).Text);
        fixture.Server.Process.Said.ShouldNotContain("could not be brought further", Case.Sensitive, "no other cluster of the server takes it for its own");
        foreach (var stage in await fixture.Ada.Stages(id))
            await Wait.Until("its pod to be gone", async () => (await Left(stage.Str("cluster_workload_id"))).Count == 0, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task What_a_failed_program_had_is_freed_at_once()
    {
        Begin();
        var id = await fixture.Ada.Submit(OnThisCluster(ProgramSteps.Chain("echo too hot >&2; exit 4", $",\"image\":\"{KubernetesFixture.Image}\"")));
        var view = await fixture.Ada.Ending(id);
        view["error"].Str("message").ShouldContain("exited with code 4", customMessage: view.ToJsonString());
        var stage = (await fixture.Ada.Stages(id))[0].Str("cluster_workload_id");
        await Wait.Until("its pod to be gone", async () => (await Left(stage)).Count == 0, TimeSpan.FromSeconds(60));
        (await fixture.Ada.Logs(stage)).ShouldBe(["too hot"]);
    }

    [Fact]
    public async Task A_mission_whose_stages_run_here_has_to_name_an_image()
    {
        Begin();
        var body = OnThisCluster(ProgramSteps.Chain("true"));
        (await fixture.Ada.Post("/v1/workloads/preview", body)).MustBe(400).Text.ShouldContain("program.image");
        (await fixture.Ada.Post("/v1/workloads/preview", body.Replace("\"duration_s\"", "\"image\":\"two words\",\"duration_s\"", StringComparison.Ordinal))).MustBe(400).Text.ShouldContain("without spaces");
    }
}
