using Orrery.EndToEnd.Clusters;

namespace Orrery.EndToEnd.Programs;

/// <summary>The examples with real models, each submitted as its page says.</summary>
public sealed class ExampleTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Federated_averaging_over_six_satellites_learns_what_none_of_them_sees()
    {
        var (view, artifacts) = await Run("federated-averaging");
        var report = artifacts.Last(artifact => artifact.Key.EndsWith("/report.json", StringComparison.Ordinal)).Value;
        var rounds = report["rounds"]!.AsArray();
        rounds.Select(round => round!["clients"]!.AsArray().Count).ShouldBe(Enumerable.Repeat(6, 3));
        var accuracy = rounds.Select(round => round!["accuracy"]!.GetValue<double>()).ToList();
        accuracy[^1].ShouldBeGreaterThan(accuracy[0] + 0.1, report.ToJsonString());
        accuracy.ShouldBe([.. accuracy.Order()], "it rises by round");
        accuracy[^1].ShouldBeInRange(report["central_accuracy"]!.GetValue<double>() - 0.1, 1, report.ToJsonString());
        view["placement"]!["satellites"]!.AsArray().Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_network_in_three_pieces_answers_as_the_whole_does()
    {
        var (view, artifacts) = await Run("cut-network");
        artifacts["2/result.json"]["largest_difference"]!.GetValue<double>().ShouldBeLessThan(1e-5);
        var logs = new List<string>();
        foreach (var stage in await fixture.Ada.Stages(view.Str("id")))
            logs.AddRange(await fixture.Ada.Logs(stage.Str("cluster_workload_id")));
        string.Join('\n', logs).ShouldContain("stage 0 on");
        var plan = (await fixture.Ada.Get($"/v1/workloads/{view.Str("id")}/plan")).MustBe(200)["plan"]!;
        foreach (var part in plan["partition"]!.AsArray())
        {
            var names = string.Join(", ", part!["layers"]!.AsArray().Select(layer => layer.Str("name")));
            logs.ShouldContain(line => line.Contains($"ran {names}:", StringComparison.Ordinal), $"the stage ran the layers of the plan's cut: {names}");
        }
    }

    [Fact]
    public async Task Split_learning_learns_although_its_parts_never_meet()
    {
        var (view, artifacts) = await Run("split-learning-loss");
        var losses = artifacts.Last(artifact => artifact.Key.EndsWith("/loss.json", StringComparison.Ordinal)).Value.AsArray().Select(loss => loss!.GetValue<double>()).ToList();
        losses.Count.ShouldBe(5);
        losses[^1].ShouldBeLessThan(0.6 * losses[0], string.Join(' ', losses));
        artifacts.Keys.ShouldNotContain(name => name.EndsWith("/part.pt", StringComparison.Ordinal), "weights stay at their place");
        (await fixture.Ada.Stages(view.Str("id"))).Where(stage => stage.Str("role") == "head").ShouldAllBe(stage => stage.Str("satellite") == "25544");
    }

    [Fact]
    public async Task Italy_is_put_together_from_the_tiles_that_satellites_see()
    {
        var (view, artifacts) = await Run("italy");
        var tiles = (await fixture.Ada.Stages(view.Str("id"))).Count(stage => stage.Str("role") == "tile");
        var map = artifacts[$"{tiles}/italy.geojson"];
        map["features"]!.AsArray().Count.ShouldBe(tiles);
        map["properties"].Int("pixels").ShouldBeInRange(1000, 4000, "Italy has some 3,300 tenths of a degree squared");
        artifacts.Count(artifact => artifact.Key.EndsWith("/tile.geojson", StringComparison.Ordinal)).ShouldBe(tiles);
    }

    /// <returns>The workload at its end, and its artifacts that are JSON, by stage and name.</returns>
    private async Task<(JsonNode View, Dictionary<string, JsonNode> Artifacts)> Run(string example)
    {
        var (code, said) = await OrreryProcess.Run(
            "jobs", "submit", "--json", "--file", Repository.Example($"{example}/workload.json"),
            "--api-url", fixture.Server.Address.ToString(), "--api-key", fixture.AdaKey);
        code.ShouldBe(0, said);
        var id = JsonNode.Parse(said)!.Str("id");
        var view = await fixture.Ada.MustEndDone(id, Patience);
        var artifacts = new Dictionary<string, JsonNode>();
        foreach (var artifact in view["result"]!["artifacts"]!.AsArray().Where(one => one.Str("name").Contains("json", StringComparison.Ordinal)))
            artifacts[$"{artifact.Int("stage")}/{artifact.Str("name")}"] = (await fixture.Ada.Get($"/v1/artifacts/{artifact.Str("contentId")}")).MustBe(200).Json;
        foreach (var artifact in view["result"]!["artifacts"]!.AsArray().Where(one => !one.Str("name").Contains("json", StringComparison.Ordinal)))
            artifacts[$"{artifact.Int("stage")}/{artifact.Str("name")}"] = JsonValue.Create(artifact.Int("size_bytes"));
        return (view, artifacts);
    }
}
