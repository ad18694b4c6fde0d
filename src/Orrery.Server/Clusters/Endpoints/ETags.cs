using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Clusters.Endpoints;

/// <summary>The version of a row as an entity tag.</summary>
internal static class ETags
{
    public static string Of(ClusterWorkloadRow row) => $"\"{row.Version}\"";

    /// <param name="ifMatch">The header; "" or * match everything.</param>
    /// <param name="row">What there is.</param>
    public static bool Matches(string ifMatch, ClusterWorkloadRow row) =>
        ifMatch.Length == 0 || ifMatch == "*" || ifMatch.Split(',').Any(tag => tag.Trim() == Of(row));
}
