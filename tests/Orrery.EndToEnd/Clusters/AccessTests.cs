using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>Who sees and changes what.</summary>
public sealed class AccessTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    [Fact]
    public async Task Others_do_not_see_a_closed_workspace_and_members_do_not_change_what_is_not_theirs()
    {
        var admin = fixture.Server.Admin;
        var (bob, bobId) = await Users.Add(fixture.Server, "bob");
        var (eve, _) = await Users.Add(fixture.Server, "eve");
        using var bobs = bob;
        using var eves = eve;
        (await admin.Post("/api/v1/workspaces", $$"""{"workspaceId":"closed","displayName":"Closed","members":["{{fixture.AdaId}}","{{bobId}}"]}""")).MustBe(200);
        var id = await fixture.Ada.Create(Body("exec sleep 1000", "private", workspace: "closed", members: "\"env\":{\"TOKEN\":\"hunter2\"}"));
        await fixture.Ada.UntilPhase(id, "Running");

        (await eve.Get($"{Root}/{id}")).MustBe(404).Str("errorCode").ShouldBe("WorkloadNotFound");
        (await eve.Get($"{Root}?workspaceId=closed")).MustBe(200).Json.Int("totalCount").ShouldBe(0);
        (await eve.Get("/api/v1/workspaces/closed")).MustBe(404).Str("errorCode").ShouldBe("WorkspaceNotFound");
        (await eve.Post(Root, Body("true", workspace: "closed"))).MustBe(404).Str("errorCode").ShouldBe("WorkspaceNotFound");
        (await eve.Post($"{Root}/{id}/stop")).MustBe(404);

        (await bob.Get($"{Root}/{id}")).MustBe(200).Text.ShouldNotContain("hunter2");
        (await bob.Post($"{Root}/{id}/stop")).MustBe(403).Str("errorCode").ShouldBe("Forbidden");
        (await bob.Delete($"{Root}/{id}")).MustBe(403);
        (await bob.Get($"{Root}/{id}/pods/{id}-1-0/logs")).MustBe(200);
        (await fixture.Ada.Get($"{Root}/{id}")).MustBe(200)["env"].Str("TOKEN").ShouldBe("hunter2");
        (await fixture.Ada.Post(Root, Body("true", workspace: "closed", members: "\"priority\":2"))).MustBe(403).Str("errorCode").ShouldBe("Forbidden");
        (await admin.Get($"{Root}/{id}")).MustBe(200)["env"].Str("TOKEN").ShouldBe("hunter2");
        (await admin.Send(HttpMethod.Patch, "/api/v1/workspaces/closed", $$"""{"members":["{{bobId}}"]}""")).MustBe(200);
        (await fixture.Ada.Send(HttpMethod.Patch, $"{Root}/{id}", "{\"description\":\"still mine\"}")).MustBe(403).Text.ShouldContain("not a member");
        (await fixture.Ada.Get($"{Root}/{id}")).MustBe(200);
        (await admin.Delete("/api/v1/workspaces/closed")).MustBe(409);
        (await admin.Delete($"{Root}/{id}")).MustBe(200);
        await Wait.Until("gone", async () => (await admin.Get($"{Root}/{id}")).Status == 404);
        (await admin.Delete("/api/v1/workspaces/closed")).MustBe(200);
    }

    [Fact]
    public async Task Secrets_are_not_on_the_disk_in_the_clear()
    {
        var id = await fixture.Ada.Create(Body("true", "sealed", members: "\"env\":{\"TOKEN\":\"correct-horse-battery\"}"));
        await fixture.Ada.MustSucceed(id);
        foreach (var file in Directory.GetFiles(fixture.Server.Data, "orrery.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("correct-horse-battery");
        }
    }

    [Fact]
    public async Task Nodes_and_clusters_show_what_is_free_and_what_runs()
    {
        var id = await fixture.Ada.Create(Body("exec sleep 1000", "seen", members: "\"customerLabels\":{\"zone\":\"a\"}", cpu: "3"));
        await fixture.Ada.UntilPhase(id, "Running");
        var nodes = (await fixture.Ada.Get("/api/v1/nodes")).MustBe(200)["items"]!.AsArray();
        nodes.Count.ShouldBe(4);
        var node = nodes.Single(one => one.Str("nodeName") == "big-1");
        node!["pods"]!.AsArray().ShouldContain(pod => pod.Str("workloadId") == id && pod.Str("cpu") == "3");
        var cluster = (await fixture.Ada.Get("/api/v1/clusters")).MustBe(200)["items"]!.AsArray().Single();
        cluster.Str("clusterId").ShouldBe("local");
        cluster!["healthy"]!.GetValue<bool>().ShouldBeTrue();
        (await fixture.Ada.Delete($"{Root}/{id}")).MustBe(200);
    }
}
