namespace Orrery.EndToEnd.Agents;

/// <summary>A server whose satellites have elements of today, as live work needs them, with an agent on each.</summary>
public static class LiveFleet
{
    public static readonly string[] Satellites = ["25544", "48274", "53807"];

    /// <summary>Makes the bundled orbits as young as the test.</summary>
    public static async Task Renew(TestServer server)
    {
        foreach (var id in Satellites)
        {
            var satellite = (await server.Admin.Get($"/v1/satellites/{id}")).MustBe(200);
            var lines = (await server.Admin.Get($"/v1/satellites/{id}/elements")).MustBe(200);
            var fresh = Tle.At(satellite.Str("name"), lines.Str("line1"), lines.Str("line2"), TimeProvider.System.GetUtcNow());
            (await server.Admin.Post("/v1/satellites", fresh)).MustBe(200)["updated"]!.GetValue<int>().ShouldBe(1);
        }
    }

    /// <returns>The secret of a key for one agent.</returns>
    public static async Task<string> AgentKey(TestServer server, string satellite) =>
        (await server.Admin.Post("/api/keys", $$"""{"name":"{{satellite}}","kind":"agent","agent_id":"sat-{{satellite}}","satellite_id":{{satellite}}}""")).MustBe(201).Str("secret");

    public static async Task<FlyingAgent> Agent(TestServer server, string satellite) => new(server.Address, await AgentKey(server, satellite), $"sat-{satellite}");

    public static string Single(params string[] satellites) =>
        $$"""{"mode":"live","placement":{"satellites":[{{string.Join(',', satellites)}}]},"program":{"duration_s":30},"policy":{"max_attempts":3} }""";
}
