namespace Orrery.Kubernetes.Testing.Api;

/// <summary>What an address names.</summary>
internal sealed record RequestPath(ResourceKind Kind, string? Namespace, string? Name, string? Subresource)
{
    public Store.ObjectKey Key => new(Kind.Resource, Namespace ?? "", Name ?? "");

    /// <exception cref="RefusalException">NotFound: there is no such resource.</exception>
    public static RequestPath Parse(string path, IReadOnlyCollection<ResourceKind> kinds)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        var (group, version, rest) = parts switch
        {
            ["api", var v, .. var tail] => ("", v, tail),
            ["apis", var g, var v, .. var tail] => (g, v, tail),
            _ => throw RefusalException.NoResource(),
        };
        string? ns = null;
        if (rest is ["namespaces", var named, _, ..])
            (ns, rest) = (named, rest[2..]);
        var kind = rest.Length == 0 ? null : kinds.FirstOrDefault(one => one.Group == group && one.Version == version && one.Plural == rest[0]);
        return kind is null || rest.Length > 3
            ? throw RefusalException.NoResource()
            : new RequestPath(kind, ns, rest.ElementAtOrDefault(1), rest.ElementAtOrDefault(2));
    }
}
