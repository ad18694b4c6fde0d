using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>What would become of a request, without making it.</summary>
public sealed class PreviewTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    private Api Api => fixture.Ada;

    [Fact]
    public async Task What_fits_names_its_nodes()
    {
        var answer = await Preview(Body("true", "fits", replicas: 2, members: "\"customerLabels\":{\"zone\":\"a\"}"));
        answer["valid"]!.GetValue<bool>().ShouldBeTrue();
        answer["nodes"]!.ToJsonString().ShouldBe("""["big-1","big-1"]""");
        answer["wait"].ShouldBeNull();
        answer.Str("expectedStart").ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$");
    }

    [Fact]
    public async Task What_would_wait_says_why()
    {
        var labels = await Preview(Body("true", "moon", members: "\"customerLabels\":{\"zone\":\"moon\"}"));
        labels["valid"]!.GetValue<bool>().ShouldBeTrue();
        labels["nodes"]!.AsArray().ShouldBeEmpty();
        labels["wait"].Str("code").ShouldBe("labels");

        (await fixture.Server.Admin.Post("/api/v1/workspaces", """{"workspaceId":"tight","displayName":"Tight","quota":{"cpu":"1"},"members":["*"]}""")).MustBe(200);
        var holds = await Api.Create(Body("exec sleep 1000", "holds", workspace: "tight", cpu: "1", members: "\"timeout\":600"));
        await Api.UntilPhase(holds, "Running");
        var quota = await Preview(Body("true", "next", workspace: "tight", cpu: "1"));
        quota["wait"].Str("code").ShouldBe("quota");
        quota.Str("expectedStart").ShouldNotBeEmpty("it is known when the other one times out");
        (await Api.Delete($"{Root}/{holds}")).MustBe(200);
    }

    [Theory]
    [InlineData("""{"displayName":"x","workspaceId":"default","resource":{"replica":1,"cpu":"1","memory":"1Gi"}}""", "entryPoint")]
    [InlineData("""{"displayName":"x","workspaceId":"default","resource":{"replica":1,"cpu":"1","memory":"1Gi"},"entryPoint":"dHJ1ZQ==","maxRetry":51}""", "maxRetry")]
    [InlineData("""{"displayName":"x","workspaceId":"default","resource":{"replica":1,"cpu":"9999","memory":"1Gi"},"entryPoint":"dHJ1ZQ=="}""", "resource.cpu")]
    public async Task What_is_wrong_is_said_by_field(string body, string field)
    {
        var answer = await Preview(body);
        answer["valid"]!.GetValue<bool>().ShouldBeFalse();
        answer["errors"]!.AsObject().Select(one => one.Key).ShouldContain(field, answer.ToJsonString());
    }

    /// <summary>And nothing of it is there afterwards.</summary>
    private async Task<JsonNode> Preview(string body)
    {
        var before = (await Api.Get(Root)).MustBe(200).Json.Int("totalCount");
        var answer = (await Api.Post($"{Root}/preview", body)).MustBe(200).Json;
        (await Api.Get(Root)).MustBe(200).Json.Int("totalCount").ShouldBe(before);
        return answer;
    }
}
