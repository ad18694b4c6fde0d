using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

public sealed class StatefulSetTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    private const string Script = "echo name $POD_NAME at $(date +%s%N); echo ok > index.html; exec python3 -m http.server 8080 2>/dev/null";

    [Fact]
    public async Task Replicas_start_in_order_and_keep_their_names_through_an_update()
    {
        var api = fixture.Ada;
        var id = await api.Create(Body(Script, "db", "StatefulSet", 3, "\"readiness\":{\"path\":\"/\",\"port\":8080,\"initialDelaySeconds\":1,\"periodSeconds\":1}"));
        await api.Until(id, "three replicas", view => Running(view, 1) == 3 && view.Str("phase") == "Running");
        (await Starts(api, id, run: 1)).ShouldBe([0, 1, 2]);
        (await api.Send(HttpMethod.Patch, $"{Root}/{id}", $$"""{"entryPoint":"{{Base64("true; " + Script)}}"}""")).MustBe(200);
        await api.Until(id, "the update", view => Running(view, 2) == 3 && view.Str("phase") == "Running");
        (await Starts(api, id, run: 2)).ShouldBe([2, 1, 0]);
        (await api.Delete($"{Root}/{id}")).MustBe(200);
    }

    private static int Running(JsonNode view, int run) =>
        view["pods"]!.AsArray().Count(pod => pod.Str("phase") == "Running" && pod.Str("podId").EndsWith($"-{run}-{pod.Str("podId")[^1]}", StringComparison.Ordinal));

    /// <summary>Ranks as their replicas started; each must have had its name.</summary>
    private static async Task<int[]> Starts(Api api, string id, int run)
    {
        var starts = new List<(long At, int Rank)>();
        for (var rank = 0; rank < 3; rank++)
        {
            var lines = await Wait.For($"the log of run {run}, rank {rank}", async () => await api.Logs(id, run, rank) is { Length: > 0 } some ? some : null);
            var words = lines[0].Split(' ');
            words[1].ShouldBe($"{id}-{rank}");
            starts.Add((long.Parse(words[3]), rank));
        }
        return [.. starts.Order().Select(start => start.Rank)];
    }
}
