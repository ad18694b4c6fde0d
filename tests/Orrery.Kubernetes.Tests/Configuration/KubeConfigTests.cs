using Orrery.Kubernetes.Testing;
using Orrery.Kubernetes.Tests.Support;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Configuration;

/// <summary>Kubeconfigs are read whole, or refused by the name of a field.</summary>
public sealed class KubeConfigTests
{
    private const string Secret = "sekrit";

    [Fact]
    public void The_current_context_counts_unless_another_is_named()
    {
        const string Text = """
            apiVersion: v1
            kind: Config
            current-context: a
            preferences: {}
            contexts:
            - name: a
              context: {cluster: one, user: me, namespace: mine}
            - name: b
              context: {cluster: two}
            clusters:
            - name: one
              cluster: {server: "https://one:6443"}
            - name: two
              cluster: {server: "http://two/prefix"}
            users:
            - name: me
              user: {token: sekrit}
            """;
        var a = KubeConfig.Parse(Text, KubeConfigRules.Everything);
        (a.Server.ToString(), a.Namespace).ShouldBe(("https://one:6443/", "mine"));
        var b = KubeConfig.Parse(Text, KubeConfigRules.Everything, "b");
        (b.Server.ToString(), b.Namespace).ShouldBe(("http://two/prefix/", "default"));
        Wrong(Text, "c").ShouldContain("'c'; there are: a, b");
    }

    [Theory]
    [InlineData("{}", "current-context")]
    [InlineData("[]", "mapping")]
    [InlineData("a: [", "line")]
    [InlineData("current-context: a", "no context 'a'")]
    [InlineData("{current-context: a, contexts: [{name: a, context: {cluster: x}}]}", "'x', which is not there")]
    [InlineData("{current-context: a, contexts: [{name: a, context: {}}]}", "contexts[0].context.cluster is missing")]
    public void What_cannot_be_read_is_told_by_its_place(string text, string told) => Wrong(text).ShouldContain(told);

    [Theory]
    [InlineData("server: sekrit", "token: x", "server of cluster")]
    [InlineData("server: 'https://u:sekrit@h'", "token: x", "may hold neither a user nor a query")]
    [InlineData("server: 'https://h', certificate-authority-data: sekrit!", "token: x", "certificate-authority of cluster 'it' is not base64")]
    [InlineData("server: 'https://h', certificate-authority-data: c2Vrcml0", "token: x", "has no certificate")]
    [InlineData("server: 'https://h', insecure-skip-tls-verify: true, certificate-authority-data: c2Vrcml0", "token: x", "one of them must go")]
    [InlineData("server: 'https://h', insecure-skip-tls-verify: sekrit", "token: x", "must be true or false")]
    [InlineData("server: 'https://h'", "client-key-data: c2Vrcml0", "a client key without its certificate")]
    [InlineData("server: 'https://h'", "client-certificate-data: c2Vrcml0, client-key-data: c2Vrcml0", "are not PEM")]
    [InlineData("server: 'https://h'", "username: me, password: sekrit", "'username', which is not supported")]
    [InlineData("server: 'https://h'", "token: sekrit, as: someone", "'as', which is not supported")]
    [InlineData("server: 'https://h'", "token: [sekrit]", "token must be text")]
    [InlineData("server: 'https://h'", "exec: {command: x, apiVersion: client.authentication.k8s.io/v1alpha1}", "exec.apiVersion")]
    [InlineData("server: 'https://h'", "token: sekrit, exec: {command: x, apiVersion: client.authentication.k8s.io/v1}", "exec and another credential")]
    public void What_cannot_be_used_is_told_by_its_field_and_never_by_its_value(string cluster, string user, string told)
    {
        var message = Wrong(Config(cluster, user));
        message.ShouldContain(told);
        message.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("server: 'http://h'", "token: x", "server (must be https)")]
    [InlineData("server: 'https://h', insecure-skip-tls-verify: true", "token: x", "insecure-skip-tls-verify")]
    [InlineData("server: 'https://h', proxy-url: 'http://p'", "token: x", "proxy-url")]
    [InlineData("server: 'https://h', certificate-authority: /etc/passwd", "token: x", "certificate-authority (use")]
    [InlineData("server: 'https://h'", "client-certificate: /a, client-key: /b", "client-certificate (use client-certificate-data), client-key (use client-key-data)")]
    [InlineData("server: 'https://h'", "tokenFile: /etc/passwd", "tokenFile (use token)")]
    [InlineData("server: 'https://h'", "exec: {command: x, apiVersion: client.authentication.k8s.io/v1}", "exec")]
    public void A_kubeconfig_of_a_user_may_reach_for_nothing(string cluster, string user, string told)
    {
        var refused = Should.Throw<KubernetesConfigurationException>(() => KubeConfig.Parse(Config(cluster, user), KubeConfigRules.InlineOnly)).Message;
        refused[refused.IndexOf("refused in")..].ShouldContain(told);
    }

    [Fact]
    public void A_kubeconfig_of_a_user_may_hold_inline_data()
    {
        using var authority = Certificates.Authority("ours");
        var trust = $"certificate-authority-data: {Certificates.Base64(authority.ExportCertificatePem())}";
        KubeConfig.Parse(Config($"server: 'https://h', {trust}", "token: x"), KubeConfigRules.InlineOnly).Server.Host.ShouldBe("h");
    }

    [Fact]
    public void Files_are_found_beside_the_kubeconfig_and_the_first_of_several_counts()
    {
        var folder = Directory.CreateTempSubdirectory("orrery-kubeconfig-").FullName;
        using var authority = Certificates.Authority("ours");
        File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "first"), "{clusters: [{name: it, cluster: {server: 'https://first', certificate-authority: ca.pem}}]}");
        File.WriteAllText(Path.Combine(folder, "second"), Config("server: 'https://second'", "token: x"));
        var merged = KubeConfig.Load([Path.Combine(folder, "missing"), Path.Combine(folder, "first"), Path.Combine(folder, "second")]);
        (merged.Server.Host, merged.CertificateAuthorities!.Single().Thumbprint).ShouldBe(("first", authority.Thumbprint));
        Should.Throw<KubernetesConfigurationException>(() => KubeConfig.Load([Path.Combine(folder, "missing")])).Message.ShouldContain("missing");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_pod_finds_itself()
    {
        var folder = Directory.CreateTempSubdirectory("orrery-account-").FullName;
        using var authority = Certificates.Authority("ours");
        File.WriteAllText(Path.Combine(folder, "ca.crt"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "namespace"), "orrery\n");
        File.WriteAllText(Path.Combine(folder, "token"), "first");
        var clock = new StillClock();
        var pod = InClusterConfig.Load("fd00::1", "443", folder, clock);
        (pod.Server.ToString(), pod.Namespace).ShouldBe(("https://[fd00::1]/", "orrery"));
        (await pod.Credential.Token(CancellationToken.None)).ShouldBe("first");
        File.WriteAllText(Path.Combine(folder, "token"), "second");
        (await pod.Credential.Token(CancellationToken.None)).ShouldBe("first"); // read a moment ago
        clock.Advance(TimeSpan.FromSeconds(61));
        (await pod.Credential.Token(CancellationToken.None)).ShouldBe("second");
        Should.Throw<KubernetesConfigurationException>(() => InClusterConfig.Load(host: null, "443", folder, clock));
        Directory.Delete(folder, recursive: true);
    }

    private static string Wrong(string text, string? context = null) =>
        Should.Throw<KubernetesConfigurationException>(() => KubeConfig.Parse(text, KubeConfigRules.Everything, context)).Message;

    private static string Config(string cluster, string user) => $$$"""
        current-context: it
        contexts: [{name: it, context: {cluster: it, user: it}}]
        clusters: [{name: it, cluster: { {{{cluster}}} } }]
        users: [{name: it, user: { {{{user}}} } }]
        """;
}
