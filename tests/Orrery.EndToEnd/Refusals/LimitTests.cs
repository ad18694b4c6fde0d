using Orrery.EndToEnd.Agents;

namespace Orrery.EndToEnd.Refusals;

/// <summary>A server with narrow limits.</summary>
public sealed class NarrowFixture() : LiveServerFixture("Agents:EventBurst=2", "Agents:EventsPerMinute=1", "Planning:OcuQuotaPerUser=300");

/// <summary>Who goes over a limit is told so, and when to come back.</summary>
public sealed class LimitTests(NarrowFixture fixture) : IClassFixture<NarrowFixture>
{
    private const string Progress = """{"type":"step.progress","timestamp":"2026-03-07T14:23:45Z"}""";

    [Fact]
    public async Task Events_are_bounded_but_the_last_one_always_passes()
    {
        var id = await fixture.Server.Admin.Submit(LiveFleet.Single("25544"));
        var work = await fixture.Iss.Take();
        (await fixture.Iss.Post(work, Progress)).MustBe(201);
        (await fixture.Iss.Post(work, Progress)).MustBe(201);
        var refused = (await fixture.Iss.Post(work, Progress)).MustBe(429);
        refused.Response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await fixture.Iss.Post(work, """{"type":"job.completed","timestamp":"2026-03-07T14:23:45Z"}""")).MustBe(201);
        await fixture.Server.Admin.MustEndDone(id);
    }

    [Fact]
    public async Task A_quota_refuses_what_would_exceed_it()
    {
        var refused = (await fixture.Server.Admin.Post("/v1/workloads", Bodies.DocumentedWith("\"mode\": \"simulated\""))).MustBe(429);
        refused["error"].Str("code").ShouldBe("quota_exceeded");
        refused["error"]!["details"].Int("asked").ShouldBe(450);
    }

    [Fact]
    public async Task Guessing_keys_is_slowed_down()
    {
        using var nobody = Api.Anonymous(fixture.Server.Address);
        for (var guess = 0; guess < 10; guess++)
            (await nobody.Post("/api/session", $$"""{"key":"rs_live_{{guess}}"}""")).MustBe(401);
        (await nobody.Post("/api/session", "{\"key\":\"rs_live_10\"}")).MustBe(429).Response.Headers.RetryAfter.ShouldNotBeNull();
    }
}
