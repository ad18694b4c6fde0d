using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>Label and field selectors, as far as they are used: <c>a=b</c>, <c>a==b</c>, <c>a!=b</c>, <c>a</c>, <c>!a</c>, <c>a in (b,c)</c>.</summary>
internal sealed class Selectors(string? labels, string? fields)
{
    public bool Match(JsonObject item)
    {
        var own = item.Map("metadata", "labels");
        return Split(labels).All(term => Holds(term, key => own.GetValueOrDefault(key)))
            && Split(fields).All(term => Holds(term, key => item.Text(key.Split('.')) ?? ""));
    }

    /// <summary>What a selector of an object (<c>matchLabels</c>) holds of labels.</summary>
    public static bool Match(IReadOnlyDictionary<string, string> wanted, JsonObject item)
    {
        var own = item.Map("metadata", "labels");
        return wanted.All(pair => own.GetValueOrDefault(pair.Key) == pair.Value);
    }

    private static bool Holds(string term, Func<string, string?> value)
    {
        if (term.Split(" in ", 2) is [var set, var list])
            return value(set.Trim()) is { } one && list.Trim().Trim('(', ')').Split(',').Select(text => text.Trim()).Contains(one);
        if (term.Split("!=", 2) is [var unlike, var other])
            return value(unlike.Trim()) != other.Trim();
        if (term.Split('=', 2) is [var like, var same])
            return value(like.Trim()) == same.TrimStart('=').Trim();
        return term.StartsWith('!') ? value(term[1..]) is null : value(term) is not null;
    }

    /// <summary>At commas that are in no brackets.</summary>
    private static IEnumerable<string> Split(string? selector)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= (selector?.Length ?? -1); i++)
        {
            var mark = i == selector!.Length ? ',' : selector[i];
            depth += mark == '(' ? 1 : mark == ')' ? -1 : 0;
            if (mark != ',' || depth > 0)
                continue;
            if (selector[start..i].Trim() is { Length: > 0 } term)
                yield return term;
            start = i + 1;
        }
    }
}
