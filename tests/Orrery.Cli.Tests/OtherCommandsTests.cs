using System.Net;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class OtherCommandsTests
{
    private const string Deployment = """
        {"id":"dep-1","plan_id":"plan-1","workload_id":"wl_1","stage":0,"attempt":2,"satellite_id":"25544","mode":"live","status":"failed","error":"agent_silent","created_at":"2026-03-07T12:00:00Z"}
        """;

    private const string Key = """
        {"id":"key-1","name":"ci","kind":"agent","prefix":"rs_live_ab","user_id":"usr-1","agent_id":"sat-25544","satellite_id":"25544","created_at":"2026-03-07T12:00:00Z"}
        """;

    [Fact]
    public async Task Fleet_lists_imports_and_finds_passes()
    {
        var server = new FakeServer()
            .On("GET /v1/satellites", """{"satellites":[{"id":"25544","norad_id":25544,"name":"ISS (ZARYA)","epoch":"2026-03-07T12:00:00Z","bus_class":"microsat","elements_age_days":0.5,"own":false}],"total":1,"limit":100,"offset":0}""")
            .On("POST /v1/satellites", """{"added":1,"updated":2,"unchanged":3}""")
            .On("GET /v1/satellites/25544/passes", """{"satellite":"25544","from":"2026-03-07T12:00:00Z","to":"2026-03-07T18:00:00Z","passes":[{"ground_station":"svalbard","rise":"2026-03-07T13:00:00Z","peak":"2026-03-07T13:04:00Z","set":"2026-03-07T13:08:00Z","peak_elevation_deg":41.25,"duration_s":480}]}""");
        var line = new CommandLine(server) { Input = "1 25544U" };
        (await line.Run("fleet", "list", "--name", "ISS")).ShouldBe(ExitCodes.Ok);
        (await line.Run("fleet", "import", "-")).ShouldBe(ExitCodes.Ok);
        (await line.Run("fleet", "passes", "25544", "--hours", "6", "--from", "2026-03-07T12:00:00Z")).ShouldBe(ExitCodes.Ok);
        foreach (var part in new[] { "ISS (ZARYA)", "microsat", "1 added, 2 updated, 3 unchanged", "svalbard", "8 min 00 s" })
            line.Output.ShouldContain(part);
        server.Calls.Select(c => c.Line).ShouldBe([
            "GET /v1/satellites?name=ISS&offset=0&limit=100", "POST /v1/satellites", "GET /v1/satellites/25544/passes?from=2026-03-07T12%3A00%3A00Z&hours=6"]);
    }

    [Fact]
    public async Task Deployments_are_listed_shown_and_explained_by_their_events()
    {
        var server = new FakeServer()
            .On("GET /api/deployments", $$"""{"deployments":[{{Deployment}}],"total":1,"offset":0,"limit":100}""")
            .On("GET /api/deployments/dep-1", Deployment)
            .On("GET /api/deployments/dep-1/events", $$"""{"events":[{{Answers.Event(1, "step.progress", """{"percent":25}""")}}],"total":1,"offset":0,"limit":5}""");
        var line = new CommandLine(server);
        (await line.Run("deployments", "list")).ShouldBe(ExitCodes.Ok);
        (await line.Run("deployments", "get", "dep-1")).ShouldBe(ExitCodes.Ok);
        (await line.Run("deployments", "events", "dep-1", "--limit", "5")).ShouldBe(ExitCodes.Ok);
        (await line.Run("deployments", "get", "dep-2")).ShouldBe(ExitCodes.NotFound);
        foreach (var part in new[] { "agent_silent", "plan-1", "percent=25" })
            line.Output.ShouldContain(part);
    }

    [Fact]
    public async Task A_new_keys_secret_is_alone_on_stdout()
    {
        var server = new FakeServer().On("POST /api/keys", $$"""{"key":{{Key}},"secret":"rs_live_abc"}""", HttpStatusCode.Created);
        var line = new CommandLine(server);
        (await line.Run("keys", "create", "--kind", "agent", "--agent-id", "sat-25544", "--satellite-id", "25544")).ShouldBe(ExitCodes.Ok);
        line.Output.ShouldBe($"rs_live_abc{Environment.NewLine}");
        line.Error.ShouldContain("not shown again");
        server.Calls[0].Body.ShouldContain("\"satellite_id\":25544");
    }

    [Fact]
    public async Task Keys_are_listed_and_revoked()
    {
        var server = new FakeServer().On("GET /api/keys", $$"""{"keys":[{{Key}}]}""").On("DELETE /api/keys/key-1", "", HttpStatusCode.NoContent);
        var line = new CommandLine(server);
        (await line.Run("keys", "list")).ShouldBe(ExitCodes.Ok);
        (await line.Run("keys", "revoke", "key-1")).ShouldBe(ExitCodes.Ok);
        line.Output.ShouldContain("rs_live_ab");
        line.Output.ShouldContain("key-1 revoked");
    }
}
