using System.Text.Json.Nodes;
using Orrery.Cli.Output;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orrery.Cli.Clusters.Input;

/// <summary>YAML documents as JSON. Members that are text for the API stay text, however they are written.</summary>
internal static class YamlReader
{
    /// <summary>Aliases of aliases can mean billions of nodes in a few lines.</summary>
    private const int MaxNodes = 100_000;

    private static readonly HashSet<string> TextMaps = ["env", "customerLabels", "extends"];

    private static readonly HashSet<string> NumbersAndSwitches =
    [
        "isSupervised", "isTolerateAll", "priority", "timeout", "maxRetry", "ttlSecondsAfterFinished", "replica", "port", "nodePort",
        "targetPort", "initialDelaySeconds", "periodSeconds", "failureThreshold", "preemption",
    ];

    /// <exception cref="CommandException">It is no YAML; says where.</exception>
    public static List<JsonNode?> Read(string text, string file)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var left = MaxNodes;
            return [.. stream.Documents.Select(d => Node(d.RootNode, isText: false, ref left))];
        }
        catch (YamlException e)
        {
            throw new CommandException(ExitCodes.BadInput, $"{file} is no YAML: line {e.Start.Line}, column {e.Start.Column}: {(e.InnerException ?? e).Message}");
        }
    }

    private static JsonNode? Node(YamlNode node, bool isText, ref int left)
    {
        if (--left < 0)
            throw new CommandException(ExitCodes.BadInput, $"More than {MaxNodes:N0} values.");
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    var name = key is YamlScalarNode scalar ? scalar.Value ?? "" : throw new CommandException(ExitCodes.BadInput, $"Line {key.Start.Line}: a name must be text.");
                    members[name] = Node(value, isText || TextMaps.Contains(name) || (value is not YamlMappingNode && !NumbersAndSwitches.Contains(name)), ref left);
                }
                return members;
            case YamlSequenceNode sequence:
                var items = new JsonArray();
                foreach (var item in sequence.Children)
                    items.Add(Node(item, isText && item is YamlScalarNode, ref left));
                return items;
            default:
                return Scalar((YamlScalarNode)node, isText);
        }
    }

    private static JsonNode? Scalar(YamlScalarNode scalar, bool isText)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
            return JsonValue.Create(text);
        var value = YamlScalars.Value(text);
        return isText && value is not null ? JsonValue.Create(text) : value;
    }
}
