using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Orrery.EndToEnd.Clusters;
using Orrery.Kubernetes.Testing;
using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>A server, and a cluster that it does not know of: it takes two tokens, and its certificate is of an authority of its own.</summary>
public sealed class RegistrationFixture : IAsyncLifetime
{
    public const string Token = "a-token-that-nobody-may-see";
    public const string OtherToken = "another-token-that-nobody-may-see";
    private ApiServerDouble? cluster;
    private TestServer? server;

    public X509Certificate2 Authority { get; } = Certificates.Authority("ours");

    public Uri Address => cluster!.Address;

    public TestServer Server => server!;

    public async ValueTask InitializeAsync()
    {
        cluster = await ApiServerDouble.Start(new ApiServerDoubleOptions { Certificate = Certificates.Signed(Authority, "api", "127.0.0.1"), Tokens = [Token, OtherToken] });
        server = await TestServer.Run(database: null, "Clusters:ResyncS=0.5", "Clusters:StopWaitS=20");
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await cluster!.DisposeAsync();
        Authority.Dispose();
    }
}

/// <summary>Admins register clusters over the API.</summary>
public sealed class RegistrationTests(RegistrationFixture fixture) : IClassFixture<RegistrationFixture>
{
    private const string Token = RegistrationFixture.Token;
    private const string OtherToken = RegistrationFixture.OtherToken;
    private const string Path = "/api/v1/clusters";

    private Api Admin => fixture.Server.Admin;

    [Fact]
    public async Task A_registered_cluster_runs_work_is_reached_in_another_way_and_is_forgotten()
    {
        var made = (await Admin.Post(Path, Body())).MustBe(200);
        (made.Str("clusterId"), made.Str("backend"), made.Str("server")).ShouldBe(("edge", "kubernetes", fixture.Address.ToString()));
        (await Admin.Post(Path, Body())).MustBe(409).Str("errorCode").ShouldBe("AlreadyExists");
        (await Admin.Post("/api/v1/workspaces", """{"workspaceId":"team","clusterId":"edge","quota":{"cpu":"2"}}""")).MustBe(200);
        await Wait.Until("its health", async () => (await Cluster())["healthy"]!.GetValue<bool>());
        var id = await Admin.Create(Job());
        await Admin.MustSucceed(id);
        (await Admin.Logs(id)).ShouldBe(["hello"]);

        (await Admin.Delete($"{Path}/edge")).MustBe(409).Text.ShouldContain("1 workspaces");
        (await Admin.Post("/v1/workloads", """{"placement":{"workspace":"team"},"program":{"entry_point":"true"},"mode":"simulated"}""")).MustBe(400).Text.ShouldContain("Kubernetes");
        var live = await Admin.Create(Job("exec sleep 1000"));
        await Admin.UntilPhase(live, "Running");
        (await Admin.Send(HttpMethod.Put, $"{Path}/edge", Body(token: OtherToken, id: null))).MustBe(200);
        await Wait.Until("its health", async () => (await Cluster())["healthy"]!.GetValue<bool>());
        (await Admin.Look(live)).Str("phase").ShouldBe("Running", "what runs there goes on");
        (await Admin.Look(live)).Int("dispatchCount").ShouldBe(1);
        foreach (var one in new[] { id, live })
            (await Admin.Delete($"{Root}/{one}")).MustBe(200);
        (await Admin.Delete("/api/v1/workspaces/team")).MustBe(200);
        (await Admin.Delete($"{Path}/edge")).MustBe(200);
        (await Ids()).ShouldNotContain("edge");
        (await Admin.Delete($"{Path}/edge")).MustBe(404);
    }

    [Fact]
    public async Task Nobody_is_told_a_credential_and_none_lies_about()
    {
        (await Admin.Post(Path, Body("secret"))).MustBe(200).Text.ShouldNotContain(Token);
        (await Admin.Get(Path)).MustBe(200).Text.ShouldNotContain(Token);
        var (ada, _) = await Users.Add(fixture.Server, "ada");
        using (ada)
        {
            var seen = (await ada.Get(Path)).MustBe(200);
            seen.Text.ShouldNotContain(fixture.Address.Authority, Case.Sensitive, "where a cluster is, is for admins");
            (await ada.Post(Path, Body("other"))).MustBe(403);
            (await ada.Send(HttpMethod.Put, $"{Path}/secret", Body(id: null))).MustBe(403);
            (await ada.Delete($"{Path}/secret")).MustBe(403);
        }
        foreach (var file in Directory.GetFiles(fixture.Server.Data, "orrery.db*"))
            System.Text.Encoding.Latin1.GetString(await Read(file)).ShouldNotContain(Token);
        fixture.Server.Process.Said.ShouldNotContain(Token);
        (await Admin.Get("/openapi/v1.json")).MustBe(200).Text.ShouldContain("/api/v1/clusters/{clusterId}");
    }

    [Theory]
    [InlineData("exec", "user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/touch, args: [/tmp/owned]}}", null)]
    [InlineData("tokenFile", "user: {tokenFile: /etc/passwd}", null)]
    [InlineData("client-key", "user: {client-certificate: /etc/passwd, client-key: /etc/shadow}", null)]
    [InlineData("certificate-authority", null, "certificate-authority: /etc/passwd")]
    [InlineData("proxy-url", null, "proxy-url: 'http://127.0.0.1:1'")]
    [InlineData("insecure-skip-tls-verify", null, "insecure-skip-tls-verify: true")]
    [InlineData("https", null, "server: 'http://127.0.0.1:1'")]
    public async Task What_would_make_the_server_run_read_or_trust_something_is_refused_by_name(string named, string? user, string? entry)
    {
        var line = entry?.StartsWith("server", StringComparison.Ordinal) == true ? "" : $"server: '{fixture.Address}'";
        var text = $$$"""
            apiVersion: v1
            kind: Config
            current-context: it
            contexts: [{name: it, context: {cluster: it, user: me}}]
            clusters:
            - name: it
              cluster:
                {{{line}}}
                {{{entry}}}
            users:
            - name: me
              {{{user ?? "user: {token: x}"}}}
            """;
        (await Admin.Post(Path, JsonSerializer.Serialize(new { clusterId = "refused", kubeconfig = text }))).MustBe(400)["errors"]!["kubeconfig"]![0]!.GetValue<string>().ShouldContain(named);
        (await Ids()).ShouldNotContain("refused");
    }

    [Fact]
    public async Task A_registration_that_cannot_work_is_refused_with_the_reason()
    {
        (await Admin.Post(Path, Body("refused", "wrong"))).MustBe(400).Text.ShouldContain("does not know who this is");
        (await Admin.Post(Path, Body("refused", trusted: Certificates.Authority("theirs")))).MustBe(400).Text.ShouldContain("cannot be reached");
        (await Admin.Post(Path, Body("refused", context: "elsewhere"))).MustBe(400)["errors"]!["kubeconfig"]![0]!.GetValue<string>().ShouldContain("no context 'elsewhere'");
        (await Admin.Post(Path, Body(id: "Edge_1"))).MustBe(400)["errors"]!["clusterId"].ShouldNotBeNull();
        (await Admin.Post(Path, """{"clusterId":"refused"}""")).MustBe(400)["errors"]!["kubeconfig"].ShouldNotBeNull();
        (await Admin.Post(Path, """{"clusterId":"refused","kubeconfig":7}""")).MustBe(400).Text.ShouldContain("kubeconfig");
        (await Admin.Post($"{Path}?fieldValidation=Strict", """{"clusterId":"refused","kubeconfig":"x","token":"y"}""")).MustBe(400).Text.ShouldContain("token");
        (await Admin.Send(HttpMethod.Put, $"{Path}/local", Body(id: null))).MustBe(409).Text.ShouldContain("own machine");
        (await Admin.Delete($"{Path}/local")).MustBe(409);
        (await Admin.Send(HttpMethod.Put, $"{Path}/refused", Body(id: null))).MustBe(404);
        (await Ids()).ShouldNotContain("refused");
    }

    [Fact]
    public async Task Workspaces_are_namespaces_that_are_nobody_elses()
    {
        (await Admin.Post(Path, Body("shared"))).MustBe(200);
        foreach (var name in new[] { "default", "kube-system" })
            (await Admin.Post("/api/v1/workspaces", $$"""{"workspaceId":"{{name}}","clusterId":"shared"}""")).MustBe(400)["errors"]!["workspaceId"].ShouldNotBeNull(name);
        (await Admin.Post("/api/v1/workspaces", """{"workspaceId":"theirs","clusterId":"shared"}""")).MustBe(200);
        using var theirs = new Orrery.Kubernetes.KubernetesClient(Orrery.Kubernetes.KubernetesConnection.WithToken(fixture.Address, Token, [fixture.Authority]));
        await theirs.Namespaces.Create(new Orrery.Kubernetes.Objects.Namespace { Metadata = new() { Name = "theirs" } }, TestContext.Current.CancellationToken);
        var id = await Admin.Create(Job(workspace: "theirs"));
        var view = await Admin.Until(id, "why it does not start", view => view.Str("message").Contains("orrery.dev/workspace=theirs", StringComparison.Ordinal));
        view.Str("phase").ShouldBe("Pending");
        (await Admin.Delete($"{Root}/{id}")).MustBe(200);
    }

    [Fact]
    public async Task Another_kubeconfig_must_reach_the_same_cluster()
    {
        (await Admin.Post(Path, Body("here"))).MustBe(200);
        await using var elsewhere = await ApiServerDouble.Start(new ApiServerDoubleOptions { Certificate = Certificates.Signed(fixture.Authority, "api", "127.0.0.1"), Tokens = [Token] });
        (await Admin.Send(HttpMethod.Put, $"{Path}/here", Body(id: null, address: elsewhere.Address))).MustBe(400)["errors"]!["kubeconfig"]![0]!.GetValue<string>().ShouldContain("another cluster");
        (await Admin.Get(Path)).MustBe(200)["items"]!.AsArray().Single(one => one!.Str("clusterId") == "here")!.Str("server").ShouldBe(fixture.Address.ToString());
        var again = await Admin.Post(Path, Body("again"));
        again.MustBe(200);
        again.Response.Headers.GetValues("Warning").ShouldHaveSingleItem().ShouldContain("same cluster as");
    }

    private static async Task<byte[]> Read(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return bytes;
    }

    private static string Job(string script = "echo hello", string workspace = "team") =>
        ClusterSteps.Body(script, workspace: workspace, cpu: "50m", members: "\"image\":\"localhost/busybox:1\"");

    private async Task<IEnumerable<string>> Ids() => (await Admin.Get(Path)).MustBe(200)["items"]!.AsArray().Select(item => item!.Str("clusterId"));

    private async Task<JsonNode> Cluster() => (await Admin.Get(Path)).MustBe(200)["items"]!.AsArray().Single(one => one!.Str("clusterId") == "edge")!;

    private string Body(string? id = "edge", string token = Token, X509Certificate2? trusted = null, string? context = null, Uri? address = null)
    {
        var kubeconfig = $$$"""
            apiVersion: v1
            kind: Config
            current-context: it
            contexts: [{name: it, context: {cluster: it, user: me}}]
            clusters: [{name: it, cluster: {server: "{{{address ?? fixture.Address}}}", certificate-authority-data: {{{Certificates.Base64((trusted ?? fixture.Authority).ExportCertificatePem())}}} }}]
            users: [{name: me, user: {token: {{{token}}} }}]
            """;
        return JsonSerializer.Serialize(new { clusterId = id, kubeconfig, context });
    }
}
