using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>Lists in pages of one moment.</summary>
internal sealed class Lists(ObjectStore store)
{
    private sealed record Rest(IReadOnlyList<JsonObject> Items, long Version);

    private readonly ConcurrentDictionary<string, Rest> rests = new(StringComparer.Ordinal);

    /// <exception cref="RefusalException">Expired: the continue token is forgotten.</exception>
    public JsonObject Page(RequestPath path, Selectors selectors, int limit, string? from)
    {
        var all = from is null ? First(path, selectors) : rests.GetValueOrDefault(from) ?? throw RefusalException.Expired("The provided continue parameter is too old to display a consistent list result.");
        var meta = new JsonObject { ["resourceVersion"] = all.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        if (limit > 0 && all.Items.Count > limit)
        {
            var token = Guid.NewGuid().ToString("N");
            rests[token] = all with { Items = [.. all.Items.Skip(limit)] };
            meta["continue"] = token;
            meta["remainingItemCount"] = all.Items.Count - limit;
        }
        return new JsonObject
        {
            ["kind"] = path.Kind.Kind + "List",
            ["apiVersion"] = path.Kind.ApiVersion,
            ["metadata"] = meta,
            ["items"] = new JsonArray([.. (limit > 0 ? all.Items.Take(limit) : all.Items).Select(Item)]),
        };
    }

    public void Forget() => rests.Clear();

    private Rest First(RequestPath path, Selectors selectors)
    {
        var (items, version) = store.List(path.Kind.Resource, path.Namespace);
        return new Rest([.. items.Where(selectors.Match)], version);
    }

    /// <summary>In lists the server leaves out what the list's kind says already.</summary>
    private static JsonObject Item(JsonObject item)
    {
        var copy = item.Copy();
        copy.Remove("kind");
        copy.Remove("apiVersion");
        return copy;
    }
}
