namespace Orrery.Server.Clusters.Requests;

/// <summary>Variables of a workload's environment, and labels of nodes.</summary>
internal static class EnvRules
{
    public const int LongestValue = 32 * 1024;
    private const int Most = 256;
    private const int LongestName = 256;
    private const int MostLabels = 64;

    public static IReadOnlyDictionary<string, string> Read(Dictionary<string, string>? env, FieldErrors errors)
    {
        if (env is null)
            return Empty;
        if (env.Count > Most)
            errors.Add("env", $"must have at most {Most} variables");
        foreach (var (key, value) in env)
        {
            if (!IsName(key))
                errors.Add($"env.{Errors.Refuse.Shorten(key)}", "must be named like [A-Za-z_][A-Za-z0-9_]*");
            else if (value is null || value.Length > LongestValue || value.Contains('\0'))
                errors.Add($"env.{key}", $"must be a string of at most {LongestValue} characters");
        }
        return env;
    }

    public static bool IsName(string key) =>
        key.Length is > 0 and <= LongestName && !char.IsAsciiDigit(key[0]) && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    public static IReadOnlyDictionary<string, string> Labels(Dictionary<string, string>? labels, FieldErrors errors)
    {
        if (labels is null)
            return Empty;
        if (labels.Count > MostLabels)
            errors.Add("customerLabels", $"must have at most {MostLabels} labels");
        foreach (var (key, value) in labels)
        {
            if (!IsLabelKey(key) || value is null || !IsLabelPart(value, mayBeEmpty: true))
                errors.Add($"customerLabels.{Errors.Refuse.Shorten(key)}", "must be a label as Kubernetes has them, like zone=a or example.com/zone=a");
        }
        return labels;
    }

    private static bool IsLabelKey(string key)
    {
        var slash = key.IndexOf('/');
        var prefix = slash < 0 ? null : key[..slash];
        return IsLabelPart(key[(slash + 1)..], mayBeEmpty: false)
            && (prefix is null || (prefix.Length is > 0 and <= 253 && prefix.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '.' or '-')));
    }

    private static bool IsLabelPart(string text, bool mayBeEmpty) => text.Length == 0
        ? mayBeEmpty
        : text.Length <= 63 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    private static readonly Dictionary<string, string> Empty = [];
}
