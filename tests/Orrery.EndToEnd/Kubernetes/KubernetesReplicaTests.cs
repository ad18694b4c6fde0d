using Orrery.EndToEnd.Clusters;
using Orrery.Kubernetes.Testing;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>Two servers on one PostgreSQL, and a cluster that either may act on.</summary>
public sealed class KubernetesReplicaFixture(PostgresServer postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("orrery-kubeconfig-").FullName;
    private ApiServerDouble? cluster;
    private TestServer? first;
    private TestServer? second;

    public ApiServerDouble Cluster => cluster!;

    public TestServer First => first!;

    public TestServer Second => second!;

    public async ValueTask InitializeAsync()
    {
        cluster = await ApiServerDouble.Start();
        string[] settings =
        [
            .. KubernetesFixture.Settings, $"Clusters:Kubernetes:0:Kubeconfig={await DoubleKubernetes.Write(folder, cluster)}", "Clusters:Local=false",
            "Reconcile:LeaseS=0.6", "Reconcile:RenewS=0.15",
        ];
        var database = await postgres.CreateDatabase();
        first = await TestServer.Run(database, settings);
        second = new TestServer(database, settings) { AdminKey = first.AdminKey };
        await second.Start();
        (await First.Admin.Post("/api/v1/workspaces", $$"""{"workspaceId":"team","clusterId":"{{KubernetesFixture.ClusterId}}"}""")).MustBe(200);
        await Wait.Until("the workspace on both", async () => (await Second.Admin.Get("/api/v1/workspaces/team")).Status == 200);
    }

    public async ValueTask DisposeAsync()
    {
        await Second.DisposeAsync();
        await First.DisposeAsync();
        await Cluster.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Which of two servers acts is nobody's business but theirs.</summary>
public sealed class KubernetesReplicaTests(KubernetesReplicaFixture fixture) : IClassFixture<KubernetesReplicaFixture>
{
    private TestServer First => fixture.First;

    private TestServer Second => fixture.Second;

    [Fact]
    public async Task Work_created_on_both_is_done_once_and_both_know_all_of_it()
    {
        var before = Made();
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Of(i).Admin.Create(Job($"echo {i}"))));
        for (var i = 0; i < ids.Length; i++)
        {
            var view = await Of(i + 1).Admin.MustSucceed(ids[i]);
            view.Int("dispatchCount").ShouldBe(1);
            (await Of(i).Admin.Logs(ids[i])).ShouldBe([$"{i}"]);
            (await Of(i + 1).Admin.Logs(ids[i])).ShouldBe([$"{i}"]);
        }
        Made().ShouldBe(before + ids.Length);
        foreach (var server in new[] { First, Second })
            (await server.Admin.Get("/api/v1/clusters")).MustBe(200)["items"]!.AsArray().Single()!["healthy"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task When_either_is_killed_the_other_acts()
    {
        var live = await First.Admin.Create(Job("echo up; exec sleep 1000"));
        await Second.Admin.UntilPhase(live, "Running");
        var (terminal, status) = await Terminal.Open(Second.Address, Second.AdminKey, live, $"{live}-1-0", "shell=sh");
        status.ShouldBe(101);
        using (terminal)
        {
            await First.Process.Kill();
            await Second.Admin.MustSucceed(await Second.Admin.Create(Job("true")));
            await terminal!.Type("echo $((6*7))\n");
            await terminal.Shown("42");
        }
        await First.Start();
        await Second.Process.Kill();
        await First.Admin.MustSucceed(await First.Admin.Create(Job("true")));
        var view = await First.Admin.Look(live);
        (view.Str("phase"), view.Int("dispatchCount")).ShouldBe(("Running", 1L));
        (await First.Admin.Logs(live)).ShouldBe(["up"]);
        (await First.Admin.Delete($"{Root}/{live}")).MustBe(200);
        await Second.Start();
    }

    /// <summary>Pods that were asked for until now.</summary>
    private int Made() => fixture.Cluster.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal) && request.Contains("/pods?", StringComparison.Ordinal));

    private TestServer Of(int turn) => turn % 2 == 0 ? First : Second;

    private static string Job(string script) => Body(script, workspace: "team", cpu: "50m", members: $"\"image\":\"{KubernetesFixture.Image}\"");
}
