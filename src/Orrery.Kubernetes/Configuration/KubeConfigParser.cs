using Orrery.Kubernetes.Credentials;

namespace Orrery.Kubernetes.Configuration;

/// <summary>From YAML to the model; paths become absolute.</summary>
internal static class KubeConfigParser
{
    private static readonly string[] UnsupportedUsers = ["username", "password", "auth-provider", "as", "as-uid", "as-groups", "as-user-extra"];

    /// <param name="text">YAML, or JSON.</param>
    /// <param name="folder">Where relative paths begin.</param>
    public static KubeConfigModel Parse(string text, string? folder)
    {
        var root = YamlMap.Parse(text);
        return new KubeConfigModel
        {
            CurrentContext = root.Text("current-context"),
            Contexts = Named(root, "contexts", "context", Context),
            Clusters = Named(root, "clusters", "cluster", map => Cluster(map, folder)),
            Users = Named(root, "users", "user", map => User(map, folder)),
        };
    }

    private static Dictionary<string, T> Named<T>(YamlMap root, string list, string member, Func<YamlMap, T> read)
    {
        var entries = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in root.Maps(list))
        {
            if (item.Map(member) is { } map)
                entries.TryAdd(item.Required("name"), read(map));
        }
        return entries;
    }

    private static ContextEntry Context(YamlMap map) => new() { Cluster = map.Required("cluster"), User = map.Text("user"), Namespace = map.Text("namespace") };

    private static ClusterEntry Cluster(YamlMap map, string? folder) => new()
    {
        Server = map.Required("server"),
        CertificateAuthority = At(folder, map.Text("certificate-authority")),
        CertificateAuthorityData = map.Text("certificate-authority-data"),
        InsecureSkipTlsVerify = map.Flag("insecure-skip-tls-verify"),
        TlsServerName = map.Text("tls-server-name"),
        ProxyUrl = map.Text("proxy-url"),
    };

    private static UserEntry User(YamlMap map, string? folder) => new()
    {
        ClientCertificate = At(folder, map.Text("client-certificate")),
        ClientCertificateData = map.Text("client-certificate-data"),
        ClientKey = At(folder, map.Text("client-key")),
        ClientKeyData = map.Text("client-key-data"),
        Token = map.Text("token"),
        TokenFile = At(folder, map.Text("tokenFile")),
        Exec = map.Map("exec") is { } exec ? Plugin(exec, folder) : null,
        Unsupported = [.. UnsupportedUsers.Where(map.Has)],
    };

    private static ExecPlugin Plugin(YamlMap map, string? folder)
    {
        var command = map.Required("command");
        return new ExecPlugin
        {
            ApiVersion = map.Required("apiVersion"),
            Command = command.Contains('/') ? At(folder, command)! : command, // a bare name is looked up in PATH
            Args = [.. map.Texts("args")],
            Env = [.. map.Maps("env").Select(pair => new KeyValuePair<string, string>(pair.Required("name"), pair.Text("value") ?? ""))],
            ProvideClusterInfo = map.Flag("provideClusterInfo"),
        };
    }

    private static string? At(string? folder, string? path) => path is null || folder is null ? path : Path.Combine(folder, path);
}
