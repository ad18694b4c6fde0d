using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orrery.Kubernetes.Configuration;

/// <summary>A YAML mapping that is read field by field; errors name the field, never its value.</summary>
internal sealed class YamlMap(YamlMappingNode node, string where)
{
    /// <exception cref="KubernetesConfigurationException">It is not one YAML mapping.</exception>
    public static YamlMap Parse(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents is [var document] && document.RootNode is YamlMappingNode root
                ? new YamlMap(root, "kubeconfig")
                : throw new KubernetesConfigurationException("The kubeconfig is not a YAML mapping.");
        }
        catch (YamlException e)
        {
            throw new KubernetesConfigurationException($"The kubeconfig is not YAML: see line {e.Start.Line}, column {e.Start.Column}.");
        }
    }

    public bool Has(string key) => Child(key) is not null;

    public string Required(string key) => Text(key) ?? throw Wrong(key, "is missing");

    /// <returns>Null when it is absent, null or "".</returns>
    public string? Text(string key) => Child(key) switch
    {
        null => null,
        YamlScalarNode { Value: var value } => string.IsNullOrEmpty(value) ? null : value,
        _ => throw Wrong(key, "must be text"),
    };

    public bool Flag(string key) => Text(key) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Wrong(key, "must be true or false"),
    };

    public YamlMap? Map(string key) => Child(key) switch
    {
        null => null,
        YamlMappingNode map => new YamlMap(map, $"{where}.{key}"),
        _ => throw Wrong(key, "must be a mapping"),
    };

    public IEnumerable<YamlMap> Maps(string key) => Items(key).Select((item, index) => item is YamlMappingNode map
        ? new YamlMap(map, $"{where}.{key}[{index}]")
        : throw Wrong($"{key}[{index}]", "must be a mapping"));

    public IEnumerable<string> Texts(string key) => Items(key).Select((item, index) => item is YamlScalarNode { Value: { } value }
        ? value
        : throw Wrong($"{key}[{index}]", "must be text"));

    private IEnumerable<YamlNode> Items(string key) => Child(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children,
        _ => throw Wrong(key, "must be a list"),
    };

    private YamlNode? Child(string key)
    {
        if (!node.Children.TryGetValue(new YamlScalarNode(key), out var child))
            return null;
        return child is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } ? null : child;
    }

    private KubernetesConfigurationException Wrong(string key, string how) => new($"{where}.{key} {how}.");
}
