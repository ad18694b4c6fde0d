using System.Globalization;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>What is taken, though only just, and what becomes of it.</summary>
public sealed class ClusterEdgeTests(SqliteRefusalFixture fixture) : IClassFixture<SqliteRefusalFixture>
{
    private static readonly ClusterEdge[] All = [.. TakenCreates.Unknown, .. TakenCreates.Absent, .. TakenCreates.Limits];

    public static TheoryData<int, string> Rows => [.. All.Select((edge, i) => new TheoryDataRow<int, string>(i, edge.ToString()))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Is_taken_and_shown(int row, string request)
    {
        var edge = All[row];
        var answer = (await fixture.Ada.Post(Root + edge.Query, ClusterBodies.With(edge.Members))).MustBe(200);
        var warnings = WarningsOf(answer);
        if (edge.Warning.Length > 0)
        {
            warnings.ShouldHaveSingleItem().ShouldStartWith("299 - \"");
            warnings[0].ShouldContain(edge.Warning);
        }
        else
        {
            warnings.ShouldBeEmpty(request);
        }
        var shown = edge.Shown.Split('.').Aggregate((JsonNode?)await fixture.Ada.Look(answer.Str("workloadId")), (node, name) => node![name]);
        JsonNode.DeepEquals(shown, JsonNode.Parse(edge.Value)).ShouldBeTrue($"{edge.Shown} is {shown?.ToJsonString()}");
        (await fixture.Ada.Delete($"{Root}/{answer.Str("workloadId")}")).MustBe(200);
    }

    [Theory]
    [InlineData("a", "^a-S$")]
    [InlineData("My Training", "^my-training-S$")]
    [InlineData("GPT__4 (test!)", "^gpt-4-test-S$")]
    [InlineData("  --edge--  ", "^edge-S$")]
    [InlineData("7b-chat", "^w-7b-chat-S$")]
    [InlineData("模型 v2", "^v2-S$")]
    [InlineData("Größe", "^gr-e-S$")]
    [InlineData("a.b/c\\\\d", "^a-b-c-d-S$")]
    [InlineData("'; DROP TABLE x --", "^drop-table-x-S$")]
    [InlineData("<b>bold</b>", "^b-bold-b-S$")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff", "^a{10}b{10}c{10}d{10}e{6}-S$")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeee-ffffffffff", "^a{10}b{10}c{10}d{10}e{5}-S$")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee", "^a{10}b{10}c{10}d{10}ee-S$", "Deployment")]
    public async Task A_name_becomes_an_id_and_stays_as_it_was_sent(string name, string id, string kind = "PyTorchJob")
    {
        var created = await fixture.Ada.Create(ClusterBodies.With($"\"displayName\":\"{name}\",\"groupVersionKind\":{{\"kind\":\"{kind}\"}}"));
        created.ShouldMatch(id.Replace("S$", "[bcdfghjklmnpqrstvwxz2456789]{5}$", StringComparison.Ordinal));
        (await fixture.Ada.Look(created)).Str("displayName").ShouldBe(name.Replace("\\\\", "\\", StringComparison.Ordinal));
        (await fixture.Ada.Delete($"{Root}/{created}")).MustBe(200);
    }

    [Fact]
    public async Task Seconds_of_a_start_time_are_cut_with_a_warning()
    {
        var start = TimeProvider.System.GetUtcNow().AddDays(3);
        var sent = start.ToString("yyyy-MM-dd'T'HH:mm':59.123Z'", CultureInfo.InvariantCulture);
        var answer = (await fixture.Ada.Post(Root, ClusterBodies.With($"\"cronJobs\":[{{\"schedule\":\"{sent}\"}}]"))).MustBe(200);
        WarningsOf(answer).ShouldHaveSingleItem().ShouldContain("seconds are cut");
        var view = await fixture.Ada.Look(answer.Str("workloadId"));
        view["cronJobs"]!.AsArray()[0].Str("schedule").ShouldBe(start.ToString("yyyy-MM-dd'T'HH:mm':00Z'", CultureInfo.InvariantCulture));
        (await fixture.Ada.Delete($"{Root}/{answer.Str("workloadId")}")).MustBe(200);
    }

    [Theory]
    [InlineData("", "nonsense=1")]
    [InlineData("/{waiting}", "nonsense=1")]
    [InlineData("/{waiting}/events", "nonsense=1")]
    [InlineData("/{ended}/pods/{ended}-1-0/logs", "nonsense=1")]
    [InlineData("/{ended}/pods/{ended}-1-0/containers", "nonsense=1")]
    public async Task An_unknown_parameter_is_taken_with_one_warning(string path, string query)
    {
        var answer = (await fixture.Ada.Get(fixture.Fill($"{Root}{path}?{query}"))).MustBe(200);
        WarningsOf(answer).ShouldHaveSingleItem().ShouldContain("nonsense");
        WarningsOf((await fixture.Ada.Get(fixture.Fill($"{Root}{path}?{query}&fieldValidation=Ignore"))).MustBe(200)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sortBy=workloadId&order=asc")]
    [InlineData("sortBy=user_name")]
    [InlineData("sortBy=end_time&order=asc")]
    [InlineData("sortBy=runtime")]
    [InlineData("sortBy=resource")]
    [InlineData("limit=10000&offset=2147483647")]
    [InlineData("since=2026-01-02T15:04:05.000Z&until=2199-01-01T00:00:00%2B02:00")]
    [InlineData("phase=Pending,Running,Succeeded,Failed,Stopped,Updating,NotReady&kind=Deployment,Authoring")]
    [InlineData("workspaceId=&phase=&limit=&sortBy=&since=")]
    [InlineData("userId=nobody")]
    public async Task A_list_at_its_edges_is_answered(string query) => (await fixture.Ada.Get($"{Root}?{query}")).MustBe(200).Json.Members().ShouldBe(["totalCount", "items"]);

    private static string[] WarningsOf(Answer answer) => answer.Response.Headers.TryGetValues("Warning", out var values) ? [.. values] : [];
}
