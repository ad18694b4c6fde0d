using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;

namespace Orrery.Cli.Clusters.Input;

/// <summary>Options of the form <c>NAME=VALUE</c>, several at once or repeated.</summary>
internal static class KeyValues
{
    public static Option<string[]> Option(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "NAME=VALUE",
        AllowMultipleArgumentsPerToken = true,
        Validators = { Check },
    };

    /// <summary>A value may hold further '='.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(IEnumerable<string> pairs) =>
        pairs.Select(pair => pair.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], parts[1]));

    public static JsonObject Object(IEnumerable<string> pairs)
    {
        var members = new JsonObject();
        foreach (var (name, value) in Read(pairs))
            members[name] = value;
        return members;
    }

    private static void Check(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(t => t.Value.IndexOf('=') < 1))
            result.AddError($"{result.IdentifierToken?.Value} {token.Value}: expected NAME=VALUE.");
    }
}
