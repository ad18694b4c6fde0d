using System.Text;

namespace Orrery.EndToEnd.Clusters;

/// <summary>What tests do with cluster workloads again and again.</summary>
public static class ClusterSteps
{
    public const string Root = "/api/v1/workloads";
    private static readonly string[] Ended = ["Succeeded", "Failed", "Stopped"];

    public static string Base64(string script) => Convert.ToBase64String(Encoding.UTF8.GetBytes(script));

    /// <summary>A body with one small replica; <paramref name="members"/> come after and may be any JSON members.</summary>
    public static string Body(string script, string name = "job", string kind = "PyTorchJob", int replicas = 1, string members = "", string workspace = "default", string cpu = "100m") =>
        $$"""
        {"displayName":"{{name}}","workspaceId":"{{workspace}}","groupVersionKind":{"version":"v1","kind":"{{kind}}"},
         "resource":{"replica":{{replicas}},"cpu":"{{cpu}}","memory":"64Mi"},"entryPoint":"{{Base64(script)}}"{{(members.Length > 0 ? "," + members : "")}}}
        """;

    public static async Task<string> Create(this Api api, string body) => (await api.Post(Root, body)).MustBe(200).Str("workloadId");

    public static async Task<JsonNode> Look(this Api api, string id) => (await api.Get($"{Root}/{id}")).MustBe(200).Json;

    public static Task<JsonNode> Until(this Api api, string id, string what, Func<JsonNode, bool> holds) => Wait.For(
        $"{what} of {id}", async () => await api.Look(id) is var view && holds(view) ? view : null, TimeSpan.FromSeconds(40));

    public static Task<JsonNode> UntilPhase(this Api api, string id, string phase) => api.Until(id, $"phase {phase}", view => view.Str("phase") == phase);

    public static Task<JsonNode> UntilEnd(this Api api, string id) => api.Until(id, "the end", view => Ended.Contains(view.Str("phase")));

    public static async Task<JsonNode> MustSucceed(this Api api, string id)
    {
        var view = await api.UntilEnd(id);
        view.Str("phase").ShouldBe("Succeeded", view.ToJsonString());
        return view;
    }

    public static async Task<string[]> Logs(this Api api, string id, int run = 1, int rank = 0) =>
        [.. (await api.Get($"{Root}/{id}/pods/{id}-{run}-{rank}/logs?tailLines=100000")).MustBe(200)["logs"]!.AsArray().Select(line => line!.GetValue<string>())];

    public static async Task<string[]> EventTypes(this Api api, string id) =>
        [.. (await api.Get($"{Root}/{id}/events")).MustBe(200)["events"]!.AsArray().Select(one => one.Str("type"))];

    public static string[] ConditionTypes(this JsonNode view) => [.. view["conditions"]!.AsArray().Select(one => one.Str("type"))];

    public static JsonNode Pod(this JsonNode view, int index = 0) => view["pods"]!.AsArray()[index]!;
}
