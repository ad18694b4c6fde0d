using Microsoft.AspNetCore.Http;
using Orrery.Server.Errors;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>What unknown members and parameters lead to, as in Kubernetes: a warning, an error (Strict), or nothing (Ignore).</summary>
internal sealed record FieldValidation(bool Strict, bool Silent)
{
    public const string Parameter = "fieldValidation";

    /// <param name="http">The call.</param>
    /// <param name="onlyParameter">It takes no query parameter but this and <paramref name="known"/>: another one is unknown, and told.</param>
    /// <param name="known">Other parameters of the endpoint.</param>
    public static FieldValidation Of(HttpContext http, bool onlyParameter = false, params string[] known)
    {
        var validation = http.Request.Query[Parameter].ToString() switch
        {
            "" or "Warn" => new FieldValidation(Strict: false, Silent: false),
            "Strict" => new FieldValidation(Strict: true, Silent: false),
            "Ignore" => new FieldValidation(Strict: false, Silent: true),
            _ => throw Refuse.Invalid(Parameter, "must be Warn, Strict or Ignore"),
        };
        if (!onlyParameter || http.Request.Query.Count == 0)
            return validation;
        var unknown = http.Request.Query.Keys.Where(name => name != Parameter && !known.Contains(name)).Select(Refuse.Shorten).ToList();
        validation.Check(new Dictionary<string, string[]>(), unknown);
        Warnings.Write(http, validation, unknown.Select(name => $"unknown query parameter '{name}'"));
        return validation;
    }

    /// <exception cref="ApiException">BadRequest: with every error, and with Strict every unknown name.</exception>
    public void Check(IReadOnlyDictionary<string, string[]> errors, IReadOnlyList<string> unknown)
    {
        var all = Strict ? errors.Concat(unknown.Select(name => KeyValuePair.Create(name, (string[])["is not known here"]))) : errors;
        var fields = all.GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.SelectMany(pair => pair.Value).ToArray(), StringComparer.Ordinal);
        if (fields.Count > 0)
            throw ClusterRefusals.Refused(400, "BadRequest", fields);
    }
}

/// <summary><c>Warning: 299 - "text"</c> (RFC 9111 keeps it out of caching; Kubernetes clients show it).</summary>
internal static class Warnings
{
    private const int Most = 20;
    private const int Longest = 256;

    public static void Write(HttpContext http, FieldValidation validation, IEnumerable<string> warnings)
    {
        if (validation.Silent)
            return;
        foreach (var warning in warnings.Take(Most))
            http.Response.Headers.Append("Warning", $"299 - \"{Clean(warning)}\"");
    }

    private static string Clean(string text)
    {
        var printable = string.Concat(text.Select(letter => letter is >= ' ' and <= '~' and not ('"' or '\\') ? letter : '\''));
        return printable.Length <= Longest ? printable : printable[..Longest];
    }
}
