using System.Text;

namespace Orrery.EndToEnd.Clusters;

/// <summary>A request to <c>/api/v1</c> that must be refused, and how.</summary>
/// <param name="Method">Of the request.</param>
/// <param name="Path">Names in braces are filled by the fixture, e.g. <c>{waiting}</c>.</param>
/// <param name="Body">Null: none.</param>
/// <param name="Status">Of the refusal.</param>
/// <param name="Code">Its <c>errorCode</c>.</param>
/// <param name="Field">A member of <c>errors</c>; null: it is about no field.</param>
/// <param name="Mentions">What the message names.</param>
/// <param name="By">Who asks.</param>
public sealed record ClusterRefusal(
    string Method, string Path, string? Body, int Status, string Code, string? Field = null, string Mentions = "", ClusterCaller By = ClusterCaller.Ada)
{
    private const int Longest = 90;
    private const string Bad = "BadRequest";

    /// <summary>One extra request header, as <c>Name: value</c>.</summary>
    public string? Header { get; init; }

    /// <summary>A create refused for one member.</summary>
    /// <param name="members">Over a body that would be taken; see <see cref="ClusterBodies.With"/>.</param>
    public static ClusterRefusal Create(string members, string field, string mentions = "", int status = 400, string code = Bad, ClusterCaller by = ClusterCaller.Ada) =>
        new("POST", ClusterSteps.Root, ClusterBodies.With(members), status, code, field, mentions, by);

    public static ClusterRefusal CreateRaw(string body, string? field, string mentions = "", int status = 400, string code = Bad) =>
        new("POST", ClusterSteps.Root, body, status, code, field, mentions);

    public static ClusterRefusal Patch(string workload, string body, string? field, string mentions = "", int status = 400, string code = Bad, ClusterCaller by = ClusterCaller.Ada) =>
        new("PATCH", $"{ClusterSteps.Root}/{{{workload}}}", body, status, code, field, mentions, by);

    public static ClusterRefusal Batch(string action, string body, string? field, string mentions = "", string query = "") =>
        new("POST", $"{ClusterSteps.Root}/{action}{query}", body, 400, Bad, field, mentions);

    public static ClusterRefusal List(string query, string field, string mentions = "") => new("GET", $"{ClusterSteps.Root}?{query}", null, 400, Bad, field, mentions);

    public static ClusterRefusal Get(string path, int status, string code, string? field = null, string mentions = "", ClusterCaller by = ClusterCaller.Ada) =>
        new("GET", path, null, status, code, field, mentions, by);

    public static ClusterRefusal Workspace(string body, string field, string mentions = "") =>
        new("POST", "/api/v1/workspaces", body, 400, Bad, field, mentions, ClusterCaller.Admin);

    public override string ToString()
    {
        var text = new StringBuilder($"{By}: {Method} {Path} {Body?.ReplaceLineEndings(" ")}");
        return text.Length > Longest ? text.ToString(0, Longest) + "…" : text.ToString();
    }
}

/// <summary>Who asks.</summary>
public enum ClusterCaller
{
    /// <summary>An ordinary user; the workloads are hers unless said otherwise.</summary>
    Ada,

    /// <summary>A member of the same workspaces, who owns <c>{bobs}</c>.</summary>
    Bob,
    Admin,
    Agent,
    Nobody,
    Revoked,
    Garbage,
}
