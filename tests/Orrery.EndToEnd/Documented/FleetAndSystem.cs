namespace Orrery.EndToEnd.Documented;

/// <summary>The fleet that the planner sees, and what operators ask.</summary>
public abstract class FleetAndSystem(ServerFixture fixture)
{
    private Api Api => fixture.Server.Admin;

    [Fact]
    public async Task The_bundled_fleet_is_listed()
    {
        var list = (await Api.Get("/v1/satellites")).MustBe(200);
        new[] { "25544", "48274", "53807" }.ShouldBeSubsetOf(list["satellites"]!.AsArray().Select(satellite => satellite.Str("id")));
        list["satellites"]![0].Members().ShouldBeSubsetOf(
            ["id", "norad_id", "name", "epoch", "bus_class", "agent_last_seen", "elements_age_days", "own"]);
        (await Api.Get("/v1/ground-stations")).MustBe(200)["ground_stations"]!.AsArray().Count.ShouldBe(12);
    }

    [Fact]
    public async Task A_satellite_is_found_by_number_and_by_name()
    {
        (await Api.Get("/v1/satellites/ISS%20(ZARYA)")).MustBe(200).Text.ShouldBe((await Api.Get("/v1/satellites/25544")).MustBe(200).Text);
        (await Api.Get("/v1/satellites/99999")).MustBe(404);
    }

    [Fact]
    public async Task Position_passes_and_eclipses_of_a_satellite()
    {
        var epoch = (await Api.Get("/v1/satellites/25544")).Str("epoch");
        var position = (await Api.Get($"/v1/satellites/25544/position?at={epoch}")).MustBe(200).Json;
        position.Members().ShouldBe(["latitude", "longitude", "altitude_km", "in_eclipse", "timestamp"]);
        position["altitude_km"]!.GetValue<double>().ShouldBeInRange(380, 460);
        position["latitude"]!.GetValue<double>().ShouldBeInRange(-51.9, 51.9);
        var passes = (await Api.Get($"/v1/satellites/25544/passes?from={epoch}&hours=24")).MustBe(200)["passes"]!.AsArray();
        passes.Count.ShouldBeGreaterThan(10);
        passes.ShouldAllBe(pass => pass!["peak_elevation_deg"]!.GetValue<double>() >= 5);
        var eclipses = (await Api.Get($"/v1/satellites/25544/eclipses?from={epoch}&hours=24")).MustBe(200)["eclipses"]!.AsArray();
        eclipses.Count.ShouldBeInRange(14, 17);
    }

    [Fact]
    public async Task Imported_elements_never_grow_older()
    {
        const string hubble =
            """
            HST
            1 20580U 90037B   24001.50000000  .00002146  00000+0  10670-3 0  9995
            2 20580  28.4699 288.8102 0002495 321.7771 171.5855 15.09299865 16030
            """;
        var body = Tle.WithChecksums(hubble);
        (await Api.Post("/v1/satellites", body)).MustBe(200).Text.ShouldBe("""{"added":1,"updated":0,"unchanged":0}""");
        (await Api.Post("/v1/satellites", body)).MustBe(200).Text.ShouldBe("""{"added":0,"updated":0,"unchanged":1}""");
        var newer = Tle.WithChecksums(hubble.Replace("24001.5", "24002.5"));
        (await Api.Post("/v1/satellites", newer)).MustBe(200).Text.ShouldBe("""{"added":0,"updated":1,"unchanged":0}""");
        (await Api.Post("/v1/satellites", body)).MustBe(200).Text.ShouldBe("""{"added":0,"updated":0,"unchanged":1}""");
        (await Api.Get("/v1/satellites/HST")).MustBe(200).Str("epoch").ShouldBe("2024-01-02T12:00:00Z");
    }

    [Fact]
    public async Task Health_readiness_metrics_and_documents_are_open()
    {
        using var anyone = Api.Anonymous(fixture.Server.Address);
        (await anyone.Get("/healthz")).MustBe(200).Text.ShouldBe("ok");
        (await anyone.Get("/readyz")).MustBe(200).Text.ShouldBe("ok");
        await Api.Submit("{}");
        (await anyone.Get("/metrics")).MustBe(200).Text.ShouldContain("# TYPE orrery_");
        var openapi = (await anyone.Get("/openapi/v1.json")).MustBe(200)["paths"].Members();
        openapi.ShouldContain("/v1/workloads/preview");
        openapi.ShouldContain("/api/deployments/{id}/events");
        (await anyone.Get("/docs/index.html")).MustBe(200).Text.ShouldContain("swagger");
        (await anyone.Get("/v1/ping")).MustBe(401);
    }

    [Fact]
    public async Task Every_answer_carries_a_request_id()
    {
        (await Api.Get("/v1/ping")).Response.Headers.GetValues("X-Request-Id").Single().ShouldNotBeEmpty();
        (await Api.Get("/v1/nothing")).MustBe(404).Response.Headers.GetValues("X-Request-Id").Single().ShouldNotBeEmpty();
    }
}

public sealed class FleetAndSystemOnSqlite(SqliteFixture fixture) : FleetAndSystem(fixture), IClassFixture<SqliteFixture>;

public sealed class FleetAndSystemOnPostgres(PostgresFixture fixture) : FleetAndSystem(fixture), IClassFixture<PostgresFixture>;
