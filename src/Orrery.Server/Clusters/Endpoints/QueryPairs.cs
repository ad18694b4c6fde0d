using Microsoft.AspNetCore.Http;

namespace Orrery.Server.Clusters.Endpoints;

internal static class QueryPairs
{
    /// <summary>The query as it came, in its order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string[]>> QueryPairsOf(this HttpContext http) =>
        [.. http.Request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Select(value => value ?? "").ToArray()))];
}
