using static Orrery.EndToEnd.Refusals.Refusal;

namespace Orrery.EndToEnd.Refusals;

/// <summary>Keys, elements, agents and deployments that are refused.</summary>
public static class OtherRefusals
{
    private const string Line1 = "1 25544U 98067A   26261.14280998  .00005718  00000+0  11125-3 0  9991";
    private const string Line2 = "2 25544  51.6307 200.0361 0004822 152.4527 207.6718 15.49160218586162";
    private const string Now = "\"timestamp\":\"2026-03-07T14:23:45Z\"";

    public static readonly Refusal[] Keys =
    [
        Get("/v1/workloads", 401, "invalid_api_key", "key", Caller.Nobody),
        Get("/v1/workloads", 401, "invalid_api_key", "key", Caller.Revoked),
        Get("/v1/workloads", 401, "invalid_api_key", "key", Caller.Garbage),
        Get("/v1/workloads", 403, "forbidden", "agent", Caller.Agent),
        Get("/v1/workloads?api_key=rs_live_0123456789", 400, "validation_error", "URL"),
        Get("/api/users", 403, "", "admin"),
        new("POST", "/api/users", "{\"name\":\"eve\",\"role\":\"admin\"}", 403, null, "admin"),
        new("POST", "/api/keys", "{\"name\":\"\"}", 400, null, "name"),
        new("POST", "/api/keys", "{\"name\":\"a\",\"kind\":\"root\"}", 400, null, "kind"),
        new("POST", "/api/keys", "{\"name\":\"a\",\"kind\":\"agent\"}", 400, null, "agent_id"),
        new("DELETE", "/api/keys/key-none", null, 404, null, "key"),
        new("POST", "/api/session", "{\"key\":\"rs_live_wrong\"}", 401, null, "key", Caller.Nobody),
    ];

    public static readonly Refusal[] Elements =
    [
        Tle($"{Line1[..68]}2\n{Line2}", "69"),
        Tle($"{Line1}\n{Line2[..68]}3", "69"),
        Tle($"{Line1[..60]}\n{Line2}", "line 1"),
        Tle(Line1, "line 2"),
        Tle(Fixtures.Tle.WithChecksums($"{Line1}\n{Line2.Replace("51.6307", "5x.6307")}"), "column 9"),
        Tle(Fixtures.Tle.WithChecksums($"{Line1}\n{Line2.Replace("25544", "25545")}"), "column 3"),
        Tle("[{\"OBJECT_NAME\":\"A\"}]", "NORAD_CAT_ID"),
        new("POST", "/v1/satellites", "", 400, "invalid_body", "empty"),
    ];

    public static readonly Refusal[] Agents =
    [
        new("GET", "/api/agent/workloads", null, 401, null, "X-API-Key", Caller.Nobody),
        new("GET", "/api/agent/workloads", null, 401, null, "X-API-Key", Caller.AgentWithBearer),
        new("GET", "/api/agent/workloads", null, 400, null, "X-Agent-ID", Caller.AgentWithoutId),
        new("GET", "/api/agent/workloads", null, 403, null, "agent", Caller.OtherAgent),
        new("POST", "/api/agent/register", "{}", 400, null, "agent_id", Caller.Agent),
        new("POST", "/api/agent/register", "{\"agent_id\":\"sat-48274\"}", 403, null, "X-Agent-ID", Caller.Agent),
        new("POST", "/api/agent/register", "{\"agent_id\":\"sat-25544\",\"satellite_id\":\"48274\"}", 403, null, "satellite", Caller.Agent),
        new("POST", "/api/agent/telemetry", $$"""{"agent_id":"sat-25544","status":"dancing",{{Now}} }""", 400, null, "status", Caller.Agent),
        new("POST", "/api/agent/telemetry", "{\"agent_id\":\"sat-25544\",\"status\":\"idle\"}", 400, null, "timestamp", Caller.Agent),
        new("POST", "/api/agent/telemetry", $$"""{"agent_id":"sat-25544","status":"idle",{{Now}},"battery_percent":101}""", 400, null, "battery_percent", Caller.Agent),
        new("GET", "/api/agent/deployments/dep-none", null, 404, null, "deployment", Caller.Agent),
        Event("", "empty"),
        Event("[]", "1 to 1000"),
        Event($"[{string.Join(',', Enumerable.Repeat($$"""{"type":"step.progress",{{Now}} }""", 1001))}]", "1 to 1000"),
        Event($$"""{ {{Now}} }""", "type"),
        Event($$"""{"type":"Step",{{Now}} }""", "type"),
        Event("{\"type\":\"step.progress\"}", "timestamp"),
        Event("{\"type\":\"step.progress\",\"timestamp\":\"2026-03-07 14:23\"}", "timestamp"),
        Event($$"""{"type":"step.progress",{{Now}},"payload":7}""", "payload"),
        Event($$"""{"type":"step.progress",{{Now}},"payload":{"a":"{{new string('a', 65 * 1024)}}"} }""", "payload"),
        Event($$"""{"type":"step.progress",{{Now}},"step_id":""}""", "step_id"),
        Event($$"""{"type":"step.progress",{{Now}},"key":"{{new string('k', 257)}}"}""", "key"),
        new("POST", "/api/deployments/{mine}/events", $$"""{"type":"step.progress",{{Now}} }""", 401, null, "X-API-Key", Caller.AgentWithBearer),
        new("POST", "/api/deployments/{mine}/events", $$"""{"type":"step.progress",{{Now}} }""", 404, null, "deployment", Caller.User),
        new("POST", "/api/deployments/dep-none/events", $$"""{"type":"step.progress",{{Now}} }""", 404, null, "deployment", Caller.Agent),
    ];

    public static readonly Refusal[] Deployments =
    [
        new("GET", "/api/deployments?limit=501", null, 400, null, "limit"),
        new("GET", "/api/deployments/dep-none", null, 404, null, "dep-none"),
        new("GET", "/api/deployments/{mine}", null, 404, null, "deployment"),
        new("GET", "/api/deployments/{mine}/events", null, 404, null, "deployment"),
        new("POST", "/api/deployments/{mine}/cancel", null, 404, null, "deployment"),
        new("POST", "/api/deployments", "{}", 400, null, "plan_id"),
        new("POST", "/api/deployments", "{\"plan_id\":\"plan-none\"}", 404, null, "plan"),
        new("GET", "/api/nowhere", null, 404, null, "/api/nowhere"),
    ];
}
