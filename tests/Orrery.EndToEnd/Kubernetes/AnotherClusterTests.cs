using Orrery.EndToEnd.Clusters;
using Orrery.Kubernetes.Testing;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>The address of a cluster comes to lead to another one.</summary>
public sealed class AnotherClusterTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-kubeconfig-").FullName;

    [Fact]
    public async Task Nothing_is_done_on_another_cluster_than_the_one_that_is_meant()
    {
        await using var meant = await ApiServerDouble.Start();
        await using var other = await ApiServerDouble.Start();
        await using var server = await TestServer.Run(database: null, [.. KubernetesFixture.Settings, $"Clusters:Kubernetes:0:Kubeconfig={await DoubleKubernetes.Write(folder, meant)}"]);
        (await server.Admin.Post("/api/v1/workspaces", $$"""{"workspaceId":"team","clusterId":"{{KubernetesFixture.ClusterId}}"}""")).MustBe(200);
        var body = Body("exec sleep 1000", workspace: "team", cpu: "50m", members: $"\"image\":\"{KubernetesFixture.Image}\"");
        var id = await server.Admin.Create(body);
        await server.Admin.UntilPhase(id, "Running");

        await server.Process.Kill();
        await DoubleKubernetes.Write(folder, other);
        await server.Start();
        (await Told(server, "Another cluster answers"))["healthy"]!.GetValue<bool>().ShouldBeFalse();
        var waiting = await server.Admin.Create(body);
        await server.Admin.Until(id, "why nothing is known of it", view => view.Str("message").Contains("cannot be reached now", StringComparison.Ordinal));
        (await server.Admin.Look(id)).Str("phase").ShouldBe("Running");
        (await server.Admin.Look(waiting)).Str("phase").ShouldBe("Pending");
        other.Requests.Where(request => !request.StartsWith("GET ", StringComparison.Ordinal)).ShouldBeEmpty();

        await server.Process.Kill();
        await DoubleKubernetes.Write(folder, meant);
        await server.Start();
        await server.Admin.UntilPhase(waiting, "Running");
        var view = await server.Admin.UntilPhase(id, "Running");
        view.Int("dispatchCount").ShouldBe(1);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Task<JsonNode> Told(TestServer server, string text) => Wait.For($"'{text}'", async () =>
        (await server.Admin.Get("/api/v1/clusters")).MustBe(200)["items"]!.AsArray().SingleOrDefault(one => one!.Str("clusterId") == KubernetesFixture.ClusterId && one.Str("message").Contains(text, StringComparison.Ordinal)));
}
