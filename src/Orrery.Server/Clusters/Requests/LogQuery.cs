using System.Globalization;

namespace Orrery.Server.Clusters.Requests;

/// <summary>What of a pod's log is wanted.</summary>
internal sealed record LogQuery(
    int TailLines, long SinceSeconds, string? Container, bool Follow, IReadOnlyDictionary<string, string[]> Errors, IReadOnlyList<string> Unknown)
{
    private static readonly string[] Known = ["tailLines", "sinceSeconds", "container", "follow", "fieldValidation"];

    public static LogQuery Parse(IEnumerable<KeyValuePair<string, string[]>> query)
    {
        var errors = new FieldErrors();
        var values = query.Where(pair => Known.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value[^1], StringComparer.Ordinal);
        var follow = values.GetValueOrDefault("follow");
        if (follow is not (null or "" or "true" or "false"))
            errors.Add("follow", "must be true or false");
        var container = values.GetValueOrDefault("container");
        return new LogQuery(
            (int)Whole("tailLines", 1000, 1, 100_000),
            Whole("sinceSeconds", 0, 0, int.MaxValue),
            container is { Length: > 0 } ? container : null,
            follow == "true",
            errors.All,
            [.. query.Select(pair => pair.Key).Where(name => !Known.Contains(name))]);

        long Whole(string name, long fallback, long least, long most)
        {
            if (!values.TryGetValue(name, out var text) || text.Length == 0)
                return fallback;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
                return value;
            errors.Add(name, $"must be a whole number from {least} to {most}");
            return fallback;
        }
    }
}
