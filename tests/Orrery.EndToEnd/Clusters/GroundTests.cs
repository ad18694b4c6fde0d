using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>Ground stages of orbital workloads are cluster workloads of their users.</summary>
public sealed class GroundTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    private Api Api => fixture.Ada;

    [Fact]
    public async Task A_ground_stage_runs_as_a_cluster_workload_and_ends_done()
    {
        var id = await Api.Submit(Ground("echo role $ORRERY_ROLE of $ORRERY_WORKLOAD_ID"));
        await Api.MustEndDone(id);
        var stage = (await Api.Stages(id)).Single();
        stage.Str("location").ShouldBe("ground");
        var cluster = stage.Str("cluster_workload_id");
        var view = await Api.MustSucceed(cluster);
        (view.Str("workspaceId"), view["groupVersionKind"].Str("kind")).ShouldBe(("default", "PyTorchJob"), view.ToJsonString());
        (await Api.Logs(cluster)).ShouldBe([$"role {stage.Str("role")} of {id}"]);
    }

    [Fact]
    public async Task A_failing_program_is_tried_again_and_then_fails_the_workload()
    {
        var id = await Api.Submit(Ground("echo attempt; exit 3", """, "policy":{"max_attempts":2}"""));
        var view = await Api.Ending(id);
        view.Str("phase").ShouldBe("failed", view.ToJsonString());
        var stage = (await Api.Stages(id)).Single();
        stage.Int("attempt").ShouldBe(2);
        var last = stage.Str("cluster_workload_id");
        view["error"].Str("message").ShouldContain(last, customMessage: view.ToJsonString());
        (await Api.UntilEnd(last)).Str("phase").ShouldBe("Failed");
        (await Api.Logs(last)).ShouldBe(["attempt"]);
        (await Api.Get(Root)).MustBe(200)["items"]!.AsArray().Count(one => one.Str("description").Contains(id)).ShouldBe(2);
    }

    [Fact]
    public async Task A_cancelled_workload_stops_its_cluster_workload()
    {
        var id = await Api.Submit(Ground("exec sleep 1000"));
        var stage = await Wait.For("the cluster workload", async () => (await Api.Stages(id)).Single() is var one && one?["cluster_workload_id"] is not null ? one : null);
        var cluster = stage.Str("cluster_workload_id");
        await Api.UntilPhase(cluster, "Running");
        (await Api.Post($"/v1/workloads/{id}/cancel")).Status.ShouldBeInRange(200, 202);
        (await Api.Ending(id)).Str("phase").ShouldBe("canceled");
        (await Api.UntilEnd(cluster)).Str("phase").ShouldBe("Stopped");
        (await Processes.Of(cluster)).ShouldBeEmpty();
    }

    private static string Ground(string script, string members = "") =>
        $$$"""{"placement":{"location":"ground"},"program":{"entry_point":"{{{script}}}","duration_s":1},"mode":"simulated"{{{members}}}}""";
}
