using System.Text;

namespace Orrery.EndToEnd.Refusals;

/// <summary>A request that must be refused, and how.</summary>
/// <param name="Method">Of the request.</param>
/// <param name="Path"><c>{theirs}</c> is another user's workload, <c>{deployment}</c> another user's deployment.</param>
/// <param name="Body">Null: none.</param>
/// <param name="Status">Of the refusal.</param>
/// <param name="Code">Of <c>/v1</c> errors.</param>
/// <param name="Mentions">What the message names.</param>
/// <param name="By">Who asks.</param>
public sealed record Refusal(string Method, string Path, string? Body, int Status, string? Code, string Mentions, Caller By = Caller.User)
{
    private const int Longest = 70;

    public static Refusal Submit(string body, int status, string code, string mentions) => new("POST", "/v1/workloads", body, status, code, mentions);

    /// <summary>A refused member of a workload.</summary>
    public static Refusal Field(string body, string field) => Submit(body, 400, "validation_error", field);

    public static Refusal Get(string path, int status, string code, string mentions, Caller by = Caller.User) => new("GET", path, null, status, code, mentions, by);

    public static Refusal Tle(string text, string field) => new("POST", "/v1/satellites", text, 400, "validation_error", field);

    public static Refusal Event(string body, string field) => new("POST", "/api/deployments/{mine}/events", body, 400, null, field, Caller.Agent);

    public override string ToString()
    {
        var text = new StringBuilder($"{Method} {Path} {Body?.ReplaceLineEndings(" ")}");
        return text.Length > Longest ? text.ToString(0, Longest) + "…" : text.ToString();
    }
}

/// <summary>Who asks.</summary>
public enum Caller
{
    User,
    Agent,
    OtherAgent,
    AgentWithoutId,
    AgentWithBearer,
    Nobody,
    Revoked,
    Garbage,
}
