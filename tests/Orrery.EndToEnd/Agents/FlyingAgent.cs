namespace Orrery.EndToEnd.Agents;

/// <summary>An agent as third parties fly them: it polls, then replays the script it was given, event by event, with the plan's times.</summary>
public sealed class FlyingAgent(Uri address, string key, string agentId) : IDisposable
{
    private readonly Api api = Api.Agent(address, key, agentId);

    public string Id => agentId;

    public Api Api => api;

    public Task<Answer> Poll() => api.Get("/api/agent/workloads");

    /// <summary>Polls until there is work.</summary>
    public Task<JsonNode> Take() => Wait.For($"work for {agentId}", async () => await Poll() is { Status: 200 } answer ? answer.Json : null);

    /// <summary>Posts the script's events in order; <paramref name="unless"/> names those that get lost on the way.</summary>
    public async Task Replay(JsonNode work, Func<string, bool>? unless = null)
    {
        foreach (var one in work["events"]!.AsArray())
        {
            if (unless?.Invoke(one.Str("type")) != true)
                (await Post(work, one!.ToJsonString())).MustBe(201);
        }
    }

    public Task<Answer> Post(JsonNode work, string events) => Post(work.Str("deployment_id"), events);

    public Task<Answer> Post(string deployment, string events) => api.Post($"/api/deployments/{deployment}/events", events);

    public void Dispose() => api.Dispose();
}
