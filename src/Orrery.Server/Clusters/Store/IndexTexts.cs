using Orrery.Server.Clusters.Requests;

namespace Orrery.Server.Clusters.Store;

/// <summary>The codes of an index's texts.</summary>
internal sealed class IndexTexts
{
    private readonly Dictionary<ClusterSpec, ClusterSpec> specs = [];

    public TextCodes Workspaces { get; } = new();
    public TextCodes Clusters { get; } = new();
    public TextCodes Users { get; } = new();
    public TextCodes UserNames { get; } = new();
    public TextCodes Descriptions { get; } = new();
    public TextCodes Phases { get; } = new();
    public TextCodes Kinds { get; } = new();

    /// <summary>Of the texts that are many.</summary>
    public int Count => Math.Max(Descriptions.Count, specs.Count);

    public IndexKey KeyOf(ClusterWorkloadRow row) => new(
        row.CreatedAt.UtcTicks, IndexKey.StartOf(row.Id), Workspaces.Of(row.WorkspaceId), Clusters.Of(row.ClusterId), Users.Of(row.UserId), UserNames.Of(row.UserName),
        Descriptions.Of(row.Description), (short)Phases.Of(row.Phase), (short)Kinds.Of(row.Kind), (short)row.Priority);

    /// <summary>The row without its large texts, and with one string where many rows have the same.</summary>
    public ClusterWorkloadRow Slim(ClusterWorkloadRow row, IndexKey key) => row.WithoutTexts(Listed(row)) with
    {
        WorkspaceId = Workspaces[key.Workspace],
        ClusterId = Clusters[key.Cluster],
        UserId = Users[key.User],
        UserName = UserNames[key.UserName],
        Description = Descriptions[key.Description],
        Phase = Phases[key.Phase],
        Kind = Kinds[key.Kind],
    };

    public void Clear()
    {
        foreach (var codes in (TextCodes[])[Workspaces, Clusters, Users, UserNames, Descriptions, Phases, Kinds])
            codes.Clear();
        specs.Clear();
    }

    /// <summary>What lists show of a spec, once for all rows that have the same; null while it was not read.</summary>
    private ClusterSpec? Listed(ClusterWorkloadRow row)
    {
        if (!row.HasSpec)
            return null;
        var listed = row.Parsed().Listed();
        if (specs.TryGetValue(listed, out var known))
            return known;
        specs.Add(listed, listed);
        return listed;
    }
}
