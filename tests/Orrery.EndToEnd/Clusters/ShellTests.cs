using System.Net.WebSockets;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>Authoring pods and shells in them.</summary>
public sealed class ShellTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    [Fact]
    public async Task An_authoring_pod_stays_up_and_has_a_shell()
    {
        var id = await fixture.Ada.Create(
            """{"displayName":"desk","workspaceId":"default","groupVersionKind":{"version":"v1","kind":"Authoring"},"resource":{"replica":1,"cpu":"100m","memory":"64Mi"},"env":{"MINE":"here"}}""");
        var pod = (await fixture.Ada.UntilPhase(id, "Running")).Pod().Str("podId");
        using (var shell = await Open(fixture.AdaKey, id, pod, "shell=sh&cols=101&rows=33"))
        {
            await shell.Type("stty size; echo \"<$MINE:$POD_NAME>\"\n");
            var shown = await shell.Shown($"<here:{pod}>");
            shown.ShouldContain("33 101");
            await shell.Resize(55, 22);
            await shell.Type("stty size\n");
            await shell.Shown("22 55");
            await shell.Type("exit\n");
            await shell.Shown(null);
            shell.Closed.ShouldBe(WebSocketCloseStatus.NormalClosure);
        }
        using (var again = await Open(fixture.AdaKey, id, pod))
            (await Shows(again, "echo $((6*7))\n", "42")).ShouldContain("42");
        var view = await fixture.Ada.Look(id);
        (view.Str("phase"), view.Int("dispatchCount")).ShouldBe(("Running", 1L));
        (await fixture.Ada.Delete($"{Root}/{id}")).MustBe(200);
        (await Processes.Of(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shell_is_for_the_owner_and_admins_from_this_server_only()
    {
        var id = await fixture.Ada.Create(Body("exec sleep 1000", "guarded"));
        var pod = (await fixture.Ada.UntilPhase(id, "Running")).Pod().Str("podId");
        var (bob, bobKey, _) = await Users.AddWithKey(fixture.Server, "shell-bob");
        using var bobs = bob;
        (await Refused(bobKey, id, pod)).ShouldBe(403, "a member sees the workload, but a shell is the owner's");
        (await Refused("wrong", id, pod)).ShouldBe(401);
        (await Refused(fixture.AdaKey, id, $"{id}-9-0")).ShouldBe(404);
        (await Refused(fixture.AdaKey, "no-such-bcdfg", pod)).ShouldBe(404);
        (await Refused(fixture.AdaKey, id, pod, "shell=fish")).ShouldBe(400);
        (await Refused(fixture.AdaKey, id, pod, "cols=0")).ShouldBe(400);
        (await Refused(fixture.AdaKey, id, pod, origin: "https://evil.example")).ShouldBe(403);
        (await Refused(fixture.AdaKey, id, pod, origin: "null")).ShouldBe(403);
        (await fixture.Ada.Get($"{Root}/{id}/pods/{pod}/webshell")).MustBe(400);

        using (await Open(fixture.AdaKey, id, pod, origin: fixture.Server.Address.GetLeftPart(UriPartial.Authority)))
        using (await Open(fixture.Server.AdminKey, id, pod))
            (await fixture.Ada.Post($"{Root}/{id}/stop")).MustBe(200);
        (await Refused(fixture.AdaKey, id, pod)).ShouldBe(409);
    }

    [Fact]
    public async Task Who_does_not_see_the_workspace_gets_404()
    {
        (await fixture.Server.Admin.Post("/api/v1/workspaces", $$"""{"workspaceId":"shells","displayName":"Shells","members":["{{fixture.AdaId}}"]}""")).MustBe(200);
        var id = await fixture.Ada.Create(Body("exec sleep 1000", "hidden", workspace: "shells"));
        var pod = (await fixture.Ada.UntilPhase(id, "Running")).Pod().Str("podId");
        var (eve, eveKey, _) = await Users.AddWithKey(fixture.Server, "shell-eve");
        using var eves = eve;
        (await Refused(eveKey, id, pod)).ShouldBe(404);
        (await fixture.Ada.Delete($"{Root}/{id}")).MustBe(200);
    }

    private async Task<Terminal> Open(string key, string id, string pod, string query = "", string? origin = null)
    {
        var (terminal, status) = await Terminal.Open(fixture.Server.Address, key, id, pod, query, origin);
        status.ShouldBe(101);
        return terminal!;
    }

    private async Task<int> Refused(string key, string id, string pod, string query = "", string? origin = null)
    {
        var (terminal, status) = await Terminal.Open(fixture.Server.Address, key, id, pod, query, origin);
        terminal?.Dispose();
        return status;
    }

    private static async Task<string> Shows(Terminal shell, string typed, string text)
    {
        await shell.Type(typed);
        return await shell.Shown(text);
    }
}
