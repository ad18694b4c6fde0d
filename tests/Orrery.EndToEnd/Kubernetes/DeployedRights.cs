using Orrery.Kubernetes.Testing.Api;
using YamlDotNet.RepresentationModel;

namespace Orrery.EndToEnd.Kubernetes;

/// <summary>What the server's account may do in a cluster that <c>deploy/</c> was applied to.</summary>
internal static class DeployedRights
{
    public static IReadOnlyList<AccessRule> Read()
    {
        var yaml = new YamlStream();
        using (var text = File.OpenText(Repository.Deploy("base/rbac.yaml")))
            yaml.Load(text);
        return [.. yaml.Documents.Select(document => (YamlMappingNode)document.RootNode)
            .Where(item => $"{item["kind"]}" == "ClusterRole")
            .SelectMany(role => (YamlSequenceNode)role["rules"])
            .Select(rule => new AccessRule(Texts(rule, "apiGroups"), Texts(rule, "resources"), Texts(rule, "verbs")))];
    }

    private static List<string> Texts(YamlNode rule, string name) => [.. ((YamlSequenceNode)rule[name]).Select(item => $"{item}")];
}
