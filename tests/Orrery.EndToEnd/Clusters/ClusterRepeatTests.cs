using System.Net.WebSockets;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>The same again, at the same time, and of each other.</summary>
public sealed class ClusterRepeatTests(SqliteRefusalFixture fixture) : IClassFixture<SqliteRefusalFixture>
{
    private Api Ada => fixture.Ada;

    [Fact]
    public async Task Of_two_patches_of_one_version_one_wins()
    {
        var id = await Ada.Create(ClusterBodies.With("\"displayName\":\"raced\""));
        await Ada.Until(id, "a reason", view => view.Str("message").Length > 0);
        for (var round = 0; round < 10; round++)
        {
            var tag = (await Ada.Get($"{Root}/{id}")).Response.Headers.ETag!.Tag;
            var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(who =>
                Ada.Send(HttpMethod.Patch, $"{Root}/{id}", $$"""{"description":"{{round}}-{{who}}"}""", ("If-Match", tag))));
            answers.Select(answer => answer.Status).Order().ShouldBe([200, 412]);
            var winner = Array.FindIndex(answers, answer => answer.Status == 200);
            (await Ada.Look(id)).Str("description").ShouldBe($"{round}-{winner}");
        }
        (await Ada.Delete($"{Root}/{id}")).MustBe(200);
    }

    [Fact]
    public async Task A_repeated_key_gives_the_same_id_and_another_body_is_refused()
    {
        var body = ClusterBodies.With("\"displayName\":\"keyed\"");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Ada.Post(Root, body, ("Idempotency-Key", "one"))));
        var id = answers.Select(answer => answer.MustBe(200).Str("workloadId")).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => answer.Response.Headers.Contains("Idempotency-Replayed")).ShouldBe(4);
        (await Ada.Post(Root, ClusterBodies.With("\"displayName\":\"other\""), ("Idempotency-Key", "one"))).MustBe(422);
        (await fixture.Of(ClusterCaller.Bob).Post(Root, body, ("Idempotency-Key", "one"))).MustBe(200).Str("workloadId").ShouldNotBe(id);
        (await Ada.Post(Root, ClusterBodies.With("\"priority\":9"), ("Idempotency-Key", "two"))).MustBe(400);
        (await Ada.Post(Root, body, ("Idempotency-Key", "two"))).MustBe(200).Str("workloadId").ShouldNotBe(id);
    }

    [Fact]
    public async Task Clones_of_clones_have_the_same_spec_and_ids_of_their_own()
    {
        var ids = new List<string> { await Ada.Create(ClusterBodies.With("\"displayName\":\"gen\",\"env\":{\"A\":\"1\"},\"service\":{\"targetPort\":80,\"serviceType\":\"NodePort\"}")) };
        for (var generation = 0; generation < 3; generation++)
            ids.AddRange(await Clone($"""["{ids[^1]}"]"""));
        ids.Distinct().Count().ShouldBe(4);
        foreach (var id in ids)
            (await Ada.Look(id))["env"]!.ToJsonString().ShouldBe("""{"A":"1"}""");
        var ports = new HashSet<long>();
        foreach (var id in ids)
            ports.Add((await Ada.Look(id))["service"].Int("nodePort"));
        ports.Count.ShouldBe(4);
        (await Clone($"""["{ids[0]}","{ids[0]}"]""")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_batch_tells_each_id_and_clones_what_it_may()
    {
        var body = fixture.Fill("""{"workloadIds":["{ended}","{bobs}","{hidden}","' OR 1=1 --","{waiting}"]}""");
        var answer = (await Ada.Post($"{Root}/clone", body)).MustBe(207);
        answer["results"]!.AsArray().Select(result => result.Int("status")).ShouldBe([200L, 403L, 404L, 404L, 200L]);
        answer["results"]!.AsArray().Select(result => result.Str("errorCode")).ShouldBe(["", "Forbidden", "WorkloadNotFound", "WorkloadNotFound", ""]);
        answer.Response.Headers.GetValues("X-Workload-Ids").Single().Split(',').Length.ShouldBe(2);
        (await Ada.Post($"{Root}/clone?nonsense=1", fixture.Fill("""{"workloadIds":["{ended}"]}"""))).MustBe(200)
            .Response.Headers.GetValues("Warning").ShouldHaveSingleItem().ShouldContain("nonsense");
        (await Ada.Post($"{Root}/stop", $"{{\"workloadIds\":{ClusterBodies.Names(500)}}}")).MustBe(207)["results"]!.AsArray().Count.ShouldBe(500);
    }

    [Fact]
    public async Task A_node_port_is_given_once()
    {
        const string Service = "\"service\":{\"targetPort\":80,\"serviceType\":\"NodePort\",\"nodePort\":31999}";
        await Ada.Create(ClusterBodies.With(Service));
        (await Ada.Post(Root, ClusterBodies.With(Service))).MustBe(409).Str("errorCode").ShouldBe("AlreadyExists");
    }

    [Fact]
    public async Task Nothing_given_changes_nothing_in_a_patch()
    {
        var id = await Ada.Create(ClusterBodies.With("\"displayName\":\"kept\",\"env\":{\"A\":\"1\"}"));
        await Ada.Until(id, "a reason", view => view.Str("message").Length > 0);
        var before = (await Ada.Get($"{Root}/{id}")).Response.Headers.ETag!.Tag;
        foreach (var nothing in new[] { "{}", """{"replica":0,"cpu":"","memory":"","gpu":"","entryPoint":"","image":"","env":null,"cronJobs":null,"displayName":null}""" })
            (await Ada.Send(HttpMethod.Patch, $"{Root}/{id}", nothing)).MustBe(200).Text.ShouldBeEmpty();
        (await Ada.Get($"{Root}/{id}")).Response.Headers.ETag!.Tag.ShouldBe(before);
        (await Ada.Send(HttpMethod.Patch, $"{Root}/{id}", """{"env":{},"cpu":"2","replica":3}""")).MustBe(200);
        var view = await Ada.Look(id);
        (view["env"]!.ToJsonString(), view["resource"].Str("cpu"), view["resource"].Int("replica")).ShouldBe(("{}", "2", 3L));
        (await Ada.Delete($"{Root}/{id}")).MustBe(200);
    }

    [Theory]
    [InlineData("{running}/pods/{running}-1-0/webshell?shell=fish", 400)]
    [InlineData("{running}/pods/{running}-1-0/webshell?cols=0", 400)]
    [InlineData("{running}/pods/{running}-9-0/webshell", 404)]
    [InlineData("{ended}/pods/{ended}-1-0/webshell", 409)]
    [InlineData("{bobs}/pods/{bobs}-1-0/webshell", 403)]
    [InlineData("{hidden}/pods/{hidden}-1-0/webshell", 404)]
    public async Task A_shell_is_refused(string path, int status)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {fixture.AdaKey}");
        var address = new UriBuilder(new Uri(fixture.Server.Address, fixture.Fill($"{Root}/{path}"))) { Scheme = "ws" }.Uri;
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(address, TestContext.Current.CancellationToken));
        ((int)socket.HttpStatusCode).ShouldBe(status);
    }

    private async Task<string[]> Clone(string ids) =>
        (await Ada.Post($"{Root}/clone", $$"""{"workloadIds":{{ids}}}""")).MustBe(200).Response.Headers.GetValues("X-Workload-Ids").Single().Split(',');
}
