namespace Orrery.EndToEnd.Fixtures;

/// <summary>What tests do with workloads again and again.</summary>
public static class WorkloadSteps
{
    private static readonly string[] Ended = ["done", "failed", "timed_out", "canceled"];

    /// <returns>The new workload's id.</returns>
    public static async Task<string> Submit(this Api api, string body) => (await api.Post("/v1/workloads", body)).MustBe(202).Str("id");

    /// <returns>The workload when it has ended, however.</returns>
    public static Task<JsonNode> Ending(this Api api, string id, TimeSpan? patience = null) => Wait.For(
        $"the end of {id}",
        async () => (await api.Get($"/v1/workloads/{id}")).MustBe(200).Json is var view && Ended.Contains(view["phase"]!.GetValue<string>()) ? view : null,
        patience);

    public static async Task<JsonNode> MustEndDone(this Api api, string id, TimeSpan? patience = null)
    {
        var view = await api.Ending(id, patience);
        view["phase"]!.GetValue<string>().ShouldBe("done", view.ToJsonString());
        return view;
    }

    public static async Task<JsonArray> Stages(this Api api, string id) =>
        (await api.Get($"/v1/workloads/{id}/stages")).MustBe(200)["stages"]!.AsArray();

    public static async Task<JsonArray> Events(this Api api, string id) =>
        (await api.Get($"/v1/workloads/{id}/events?limit=5000")).MustBe(200)["events"]!.AsArray();

    public static string Str(this JsonNode? node, string member) => node![member]!.GetValue<string>();

    public static long Int(this JsonNode? node, string member) => node![member]!.GetValue<long>();

    public static string[] Members(this JsonNode? node) => [.. node!.AsObject().Select(member => member.Key)];
}
