using Microsoft.AspNetCore.Http;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>One rule of a role: what an account may do.</summary>
/// <param name="Groups">API groups; "" is the core one.</param>
/// <param name="Resources">Plurals, with a subresource after a slash.</param>
/// <param name="Verbs">As RBAC names them.</param>
public sealed record AccessRule(IReadOnlyList<string> Groups, IReadOnlyList<string> Resources, IReadOnlyList<string> Verbs)
{
    /// <exception cref="RefusalException">Forbidden: no rule allows the request.</exception>
    internal static void Check(IReadOnlyList<AccessRule> rules, HttpRequest request, RequestPath path)
    {
        var resource = path.Subresource is { } part ? $"{path.Kind.Plural}/{part}" : path.Kind.Plural;
        var verb = Verb(request, path);
        if (!rules.Any(rule => rule.Groups.Contains(path.Kind.Group, StringComparer.Ordinal) && rule.Resources.Contains(resource, StringComparer.Ordinal) && rule.Verbs.Contains(verb, StringComparer.Ordinal)))
            throw RefusalException.Forbidden(path.Key, $"User \"system:serviceaccount:test\" cannot {verb} resource \"{resource}\" in API group \"{path.Kind.Group}\"");
    }

    private static string Verb(HttpRequest request, RequestPath path) => request.Method switch
    {
        "GET" when path.Name is not null => "get",
        "GET" => request.Query["watch"] == "true" ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        _ => path.Name is not null ? "delete" : "deletecollection",
    };
}
