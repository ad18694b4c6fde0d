namespace Orrery.EndToEnd.Programs;

/// <summary>Limits on what is kept, and that it goes when its time is over.</summary>
public sealed class ArtifactLimitTests
{
    [Fact]
    public async Task A_user_may_keep_so_much_and_no_more()
    {
        await using var server = await TestServer.Run(null, "Artifacts:QuotaMbPerUser=1", "Artifacts:LargestMb=1", "Artifacts:MostUploadsPerUser=2");
        (await server.Admin.Post("/v1/artifacts", new string('a', 1_000_001))).MustBe(413);
        var kept = (await server.Admin.Post("/v1/artifacts", new string('b', 600_000))).MustBe(201).Str("contentId");
        (await server.Admin.Post("/v1/artifacts", new string('b', 600_000))).MustBe(201).Str("contentId").ShouldBe(kept, "the same bytes are kept once");
        (await server.Admin.Post("/v1/artifacts", new string('c', 600_000))).MustBe(429)["error"].Str("code").ShouldBe("quota_exceeded");
        (await server.Admin.Delete($"/v1/artifacts/{kept}")).MustBe(204);
        (await server.Admin.Post("/v1/artifacts", new string('c', 600_000))).MustBe(201);
        (await server.Admin.Post("/v1/artifacts", "second")).MustBe(201);
        (await server.Admin.Post("/v1/artifacts", "second")).MustBe(201);
        (await server.Admin.Post("/v1/artifacts", "third")).MustBe(429).Text.ShouldContain("2 uploads");
    }

    [Fact]
    public async Task Bytes_go_when_nothing_refers_to_them_and_artifacts_when_their_time_is_over()
    {
        await using var server = await TestServer.Run(null, "Artifacts:UnusedHours=0.0001", "Artifacts:SweepS=0.2", "Artifacts:Days=0.00001", "Clusters:ResyncS=0.5");
        var id = await server.Admin.Submit(ProgramSteps.Chain("echo $ORRERY_STAGE_INDEX >$ORRERY_OUTPUT_DIR/index"));
        await server.Admin.MustEndDone(id);
        var kept = (await server.Admin.Post("/v1/artifacts", "stays")).MustBe(201).Str("contentId");
        await Wait.Until("the artifacts' end", async () => (await server.Admin.Get($"/v1/workloads/{id}/artifacts")).MustBe(200)["artifacts"]!.AsArray().Count == 0);
        var folder = Path.Combine(server.Data, "artifacts");
        await Wait.Until("the bytes' end", () => Task.FromResult(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length == 1));
        (await server.Admin.Get($"/v1/artifacts/{kept}")).MustBe(200).Text.ShouldBe("stays");
        (await server.Admin.Get($"/v1/workloads/{id}")).MustBe(200).Str("phase").ShouldBe("done");
    }
}
