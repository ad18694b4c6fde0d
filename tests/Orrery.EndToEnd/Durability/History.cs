namespace Orrery.EndToEnd.Durability;

/// <summary>What must hold of every acknowledged workload, whatever happened to its servers.</summary>
public static class History
{
    /// <summary>It ends done, each stage by exactly one completed deployment, and its events are without gap or repeat.</summary>
    public static async Task MustBeWhole(Api api, string id)
    {
        await api.MustEndDone(id);
        var events = await api.Events(id);
        events.Select(one => one.Int("seq")).ShouldBe(Enumerable.Range(1, events.Count).Select(seq => (long)seq), id);
        events.Select(one => one.Str("id")).ShouldBeUnique(id);
        Count(events, "workload.submitted").ShouldBe(1, id);
        var deployments = await Deployments(api, id);
        foreach (var stage in await api.Stages(id))
        {
            var completed = deployments.Where(one => one.Int("stage") == stage.Int("index") && one.Str("status") == "completed").ToList();
            completed.Select(one => one.Str("id")).ShouldBe([stage.Str("deployment_id")], id);
        }
        foreach (var deployment in deployments)
            MustBeToldOnce(events, deployment.Str("id"));
    }

    /// <returns>Every deployment that its events tell of.</returns>
    public static async Task<List<JsonNode>> Deployments(Api api, string id)
    {
        var own = (await api.Events(id)).Where(one => one.Str("subject") == "deployment").Select(one => one.Str("subject_id")).Distinct();
        var deployments = new List<JsonNode>();
        foreach (var deployment in own)
            deployments.Add((await api.Get($"/api/deployments/{deployment}")).MustBe(200).Json);
        return deployments;
    }

    private static void MustBeToldOnce(JsonArray events, string deployment)
    {
        var own = events.Where(one => one.Str("subject_id") == deployment).ToList();
        foreach (var type in new[] { "deployment.dispatched", "job.accepted", "job.completed" })
            own.Count(one => one.Str("event_type") == type).ShouldBeLessThanOrEqualTo(1, $"{type} of {deployment}");
        own.Where(one => one.Str("event_type").StartsWith("step.", StringComparison.Ordinal))
            .Select(one => (one.Str("event_type"), one!["step_id"]?.GetValue<string>(), one["payload"]!.ToJsonString(), one.Str("event_timestamp")))
            .ShouldBeUnique(deployment);
    }

    private static int Count(JsonArray events, string type) => events.Count(one => one.Str("event_type") == type);
}
