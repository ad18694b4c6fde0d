using System.Net;
using Orrery.Client.Fleet;
using Orrery.Client.Workloads;
using Orrery.Contracts.Deployments;
using Shouldly;
using Xunit;

namespace Orrery.Client.Tests;

public sealed class CallTests
{
    [Theory]
    [InlineData("http://orrery.test:7070")]
    [InlineData("http://orrery.test:7070/")]
    [InlineData("http://orrery.test:7070/v1")]
    [InlineData("http://orrery.test:7070/v1/")]
    public async Task The_address_may_end_in_v1_or_not(string address)
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK, """{"status":"ok","version":"0.1.0"}""");
        using var client = server.Client(address: address);
        await client.Ping(TestContext.Current.CancellationToken);
        server.Calls[0].Address.ShouldBe("http://orrery.test:7070/v1/ping");
        server.Calls[0].Header("Authorization").ShouldBe("Bearer rs_test_secret");
    }

    [Fact]
    public async Task A_server_behind_a_path_keeps_it()
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK, """{"status":"ok","version":"0.1.0"}""");
        using var client = server.Client(address: "https://host.test/orrery/v1");
        await client.Ping(TestContext.Current.CancellationToken);
        server.Calls[0].Address.ShouldBe("https://host.test/orrery/v1/ping");
    }

    [Fact]
    public void What_is_no_address_is_refused() =>
        Should.Throw<ArgumentException>(() => new FakeServer().Client(address: "ftp://host.test")).Message.ShouldContain("http://host:port");

    [Fact]
    public async Task A_list_goes_on_over_its_pages()
    {
        var server = new FakeServer()
            .Answers(HttpStatusCode.OK, $$"""{"data":[{{Workload(3)}},{{Workload(2)}}],"total":3,"limit":2,"offset":0,"has_more":true}""")
            .Answers(HttpStatusCode.OK, $$"""{"data":[{{Workload(1)}}],"total":3,"limit":2,"offset":2,"has_more":false}""");
        using var client = server.Client();
        var ids = new List<string>();
        var query = new WorkloadQuery { Phase = "done", Label = "team=a b", Limit = 2 };
        await foreach (var workload in client.Workloads.List(query, TestContext.Current.CancellationToken))
            ids.Add(workload.Id);
        ids.ShouldBe(["wl_3", "wl_2", "wl_1"]);
        server.Calls.Select(c => new Uri(c.Address).Query).ShouldBe(
            ["?phase=done&label=team%3Da%20b&limit=2&offset=0", "?phase=done&label=team%3Da%20b&limit=2&offset=2"]);
    }

    [Fact]
    public async Task Events_are_posted_with_the_agents_own_headers()
    {
        var server = new FakeServer().Answers(HttpStatusCode.Created, """{"ids":["evt-1"],"deployment_status":"running"}""");
        using var client = server.Client();
        var posted = await client.Deployments.PostEvents(
            "dep-1", "sat-25544", [new EventPost { Type = "job.accepted" }], TestContext.Current.CancellationToken);
        posted.Results.ShouldBe([new EventPostResult(201, "evt-1", null)]);
        posted.DeploymentStatus.ShouldBe("running");
        server.Calls[0].Header("X-API-Key").ShouldBe("rs_test_secret");
        server.Calls[0].Header("X-Agent-ID").ShouldBe("sat-25544");
        server.Calls[0].Body.ShouldStartWith("[");
    }

    [Fact]
    public async Task A_partly_refused_report_says_which()
    {
        var server = new FakeServer().Answers(
            HttpStatusCode.MultiStatus, """{"results":[{"status":400,"id":null,"error":"no type"}],"deployment_status":"running"}""");
        using var client = server.Client();
        var posted = await client.Deployments.PostEvents("dep-1", "sat-1", [new EventPost()], TestContext.Current.CancellationToken);
        posted.Results.ShouldHaveSingleItem().Error.ShouldBe("no type");
    }

    [Theory]
    [InlineData("ISS (ZARYA)\n1 25544U", "text/plain")]
    [InlineData(" [{\"NORAD_CAT_ID\":25544}]", "application/json")]
    public async Task Elements_are_sent_as_what_they_are(string elements, string contentType)
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK, """{"added":1,"updated":0,"unchanged":0}""");
        using var client = server.Client();
        (await client.Fleet.Import(elements, TestContext.Current.CancellationToken)).Added.ShouldBe(1);
        server.Calls[0].ContentType.ShouldBe(contentType);
        server.Calls[0].Body.ShouldBe(elements);
    }

    [Fact]
    public async Task A_satellite_may_be_named_and_its_query_holds_only_what_was_asked()
    {
        var server = new FakeServer().Answers(
            HttpStatusCode.OK, """{"satellite":"25544","from":"2026-03-07T12:00:00Z","to":"2026-03-07T18:00:00Z","passes":[]}""");
        using var client = server.Client();
        var query = new PassQuery { Hours = 6, From = new DateTimeOffset(2026, 3, 7, 13, 0, 0, TimeSpan.FromHours(1)) };
        await client.Fleet.Passes("ISS (ZARYA)", query, TestContext.Current.CancellationToken);
        server.Calls[0].Address.ShouldBe("http://orrery.test:7070/v1/satellites/ISS%20%28ZARYA%29/passes?from=2026-03-07T12%3A00%3A00Z&hours=6");
    }

    [Fact]
    public async Task Elements_of_a_satellite_are_read()
    {
        var server = new FakeServer().Answers(HttpStatusCode.OK, """{"line1":"1 25544U","line2":"2 25544"}""");
        using var client = server.Client();
        (await client.Fleet.Elements("25544", TestContext.Current.CancellationToken)).Line1.ShouldBe("1 25544U");
    }

    [Fact]
    public async Task A_revoked_key_needs_no_answer()
    {
        var server = new FakeServer().Answers(HttpStatusCode.NoContent);
        using var client = server.Client();
        await client.Keys.Revoke("key-1", TestContext.Current.CancellationToken);
        server.Calls[0].Method.ShouldBe("DELETE");
        server.Calls[0].Header("Idempotency-Key").ShouldBeNull();
    }

    private static string Workload(int id) => $$"""
        {"id":"wl_{{id}}","class":"single","phase":"done","workflow_status":"COMPLETED","mode":"live","spec":{},"created_at":"2026-03-07T12:00:00Z","status_url":"/v1/workloads/wl_{{id}}"}
        """;
}
