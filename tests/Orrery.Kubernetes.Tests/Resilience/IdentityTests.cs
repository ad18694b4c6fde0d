using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Testing;
using Orrery.Kubernetes.Tests.Support;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Resilience;

/// <summary>Who the server is, and who we are to it.</summary>
public sealed class IdentityTests : IDisposable
{
    private const string Token = "sekrit-token-123";
    private readonly X509Certificate2 authority = Certificates.Authority("ours");
    private readonly CancellationTokenSource limit = Wait.Limit();

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("kubernetes.default", null, false)]
    [InlineData("kubernetes.default", "kubernetes.default", true)]
    [InlineData("kubernetes.default", "other", false)]
    public async Task The_server_must_have_the_name_that_it_is_called_by(string certified, string? expected, bool isTrusted)
    {
        await using var server = await Start(Certificates.Signed(authority, "api", certified));
        using var client = Client(server, authority, expected is null ? "" : $"tls-server-name: {expected}", $"token: {Token}");
        if (isTrusted)
            (await client.Namespaces.Get(ns: null, "default", limit.Token)).Metadata.Name.ShouldBe("default");
        else
            (await Refused(client)).Message.ShouldNotContain(Token);
    }

    [Fact]
    public async Task Another_authority_is_not_trusted_unless_the_operator_says_so()
    {
        await using var server = await Start(Certificates.Signed(authority, "api", "127.0.0.1"));
        using var other = Certificates.Authority("theirs");
        using (var client = Client(server, other, "", $"token: {Token}"))
            await Refused(client);
        server.Requests.ShouldBeEmpty(); // no token was sent to it
        using (var client = Client(server, authority: null, "", $"token: {Token}"))
            await Refused(client);
        using (var client = Client(server, authority: null, "insecure-skip-tls-verify: true", $"token: {Token}"))
            await client.Namespaces.Get(ns: null, "default", limit.Token);
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        using var own = Certificates.Signed(authority, "admin");
        using var stranger = Certificates.Signed(authority, "stranger");
        await using var server = await ApiServerDouble.Start(new ApiServerDoubleOptions { Certificate = Certificates.Signed(authority, "api", "127.0.0.1"), ClientThumbprint = own.Thumbprint });
        foreach (var (certificate, isKnown) in new[] { (own, true), (stranger, false) })
        {
            using var client = Client(server, authority, "", $"client-certificate-data: {Certificates.Base64(certificate.ExportCertificatePem())}, client-key-data: {Certificates.Base64(Certificates.KeyPem(certificate))}");
            if (isKnown)
                await client.Namespaces.Get(ns: null, "default", limit.Token);
            else
                await Should.ThrowAsync<KubernetesUnauthorizedException>(() => client.Namespaces.Get(ns: null, "default", limit.Token));
        }
    }

    [Fact]
    public async Task A_wrong_token_is_refused_and_never_told()
    {
        await using var server = await Start(Certificates.Signed(authority, "api", "127.0.0.1"));
        using var client = Client(server, authority, "", "token: another-sekrit");
        var error = await Should.ThrowAsync<KubernetesUnauthorizedException>(() => client.Namespaces.Get(ns: null, "default", limit.Token));
        error.ToString().ShouldNotContain("sekrit");
        await Should.ThrowAsync<KubernetesUnauthorizedException>(() => client.PodAccess.Exec("default", "one", new ExecOptions { Command = ["true"] }, limit.Token));
    }

    [Fact]
    public async Task A_token_that_rotates_is_read_again()
    {
        var folder = Directory.CreateTempSubdirectory("orrery-token-").FullName;
        var file = Path.Combine(folder, "token");
        var taken = new ConcurrentBag<string> { "first" };
        await using var server = await Start(Certificates.Signed(authority, "api", "127.0.0.1"), taken);
        await File.WriteAllTextAsync(file, "first\n", limit.Token);
        using var client = Client(server, authority, "", $"tokenFile: {file}");
        await client.Namespaces.Get(ns: null, "default", limit.Token);
        taken.Clear();
        taken.Add("second");
        await File.WriteAllTextAsync(file, "second\n", limit.Token);
        await client.Secrets.Create(new Secret { Metadata = new ObjectMeta { Name = "a", Namespace = "default" } }, limit.Token); // the refusal makes it look again
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_plugin_gives_a_token_until_it_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("orrery-plugin-").FullName;
        var taken = new ConcurrentBag<string> { "run-1" };
        await using var server = await Start(Certificates.Signed(authority, "api", "127.0.0.1"), taken);
        const string Script = """n=$(($(cat $DIR/n 2>/dev/null || echo 0) + 1)); echo $n > $DIR/n; test -n "$KUBERNETES_EXEC_INFO" || exit 1; printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"run-%s"}}' $n""";
        await File.WriteAllTextAsync(Path.Combine(folder, "plugin.sh"), Script, limit.Token);
        using var client = Client(server, authority, "", $"exec: {{apiVersion: client.authentication.k8s.io/v1, command: sh, args: [{folder}/plugin.sh], env: [{{name: DIR, value: {folder}}}], interactiveMode: Never}}");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.Namespaces.Get(ns: null, "default", limit.Token)));
        (await File.ReadAllTextAsync(Path.Combine(folder, "n"), limit.Token)).Trim().ShouldBe("1"); // all waited for one run
        taken.Clear();
        taken.Add("run-2");
        await client.Namespaces.Get(ns: null, "default", limit.Token);
        Directory.Delete(folder, recursive: true);
    }

    public void Dispose()
    {
        authority.Dispose();
        limit.Dispose();
    }

    private static Task<ApiServerDouble> Start(X509Certificate2 certificate, ConcurrentBag<string>? tokens = null) =>
        ApiServerDouble.Start(new ApiServerDoubleOptions { Certificate = certificate, Tokens = tokens ?? [Token] });

    private Task<KubernetesUnreachableException> Refused(KubernetesClient client) =>
        Should.ThrowAsync<KubernetesUnreachableException>(() => client.Namespaces.Get(ns: null, "default", limit.Token));

    private static KubernetesClient Client(ApiServerDouble server, X509Certificate2? authority, string cluster, string user)
    {
        var trust = authority is null ? "" : $"certificate-authority-data: {Certificates.Base64(authority.ExportCertificatePem())},";
        return new KubernetesClient(KubeConfig.Parse($$$"""
            current-context: it
            contexts: [{name: it, context: {cluster: it, user: it}}]
            clusters: [{name: it, cluster: {server: "{{{server.Address}}}", {{{trust}}} {{{cluster}}} } }]
            users: [{name: it, user: { {{{user}}} } }]
            """, KubeConfigRules.Everything));
    }
}
