using System.Text;

namespace Orrery.EndToEnd.Clusters;

/// <summary>A create at the edge of what is allowed, and what it must become.</summary>
/// <param name="Members">Over a body that is taken; see <see cref="ClusterBodies.With"/>.</param>
/// <param name="Shown">A member of the answer to GET, like <c>resource.cpu</c>.</param>
/// <param name="Value">Its JSON.</param>
/// <param name="Warning">What a <c>Warning: 299</c> names; "": there must be none.</param>
/// <param name="Query">Of the create.</param>
public sealed record ClusterEdge(string Members, string Shown, string Value, string Warning = "", string Query = "")
{
    private const int Longest = 90;

    public override string ToString()
    {
        var text = new StringBuilder($"{Query} {Members.ReplaceLineEndings(" ")}");
        return text.Length > Longest ? text.ToString(0, Longest) + "…" : text.ToString();
    }
}
