using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Orrery.Client.Tests;

public sealed class RetryTests
{
    private const string Submitted = """{"id":"wl_1","status":"scheduling","status_url":"/v1/workloads/wl_1","mode":"live"}""";

    private static readonly JsonElement Anything = JsonDocument.Parse("{}").RootElement;

    [Fact]
    public async Task A_submit_that_is_repeated_keeps_its_idempotency_key()
    {
        var server = new FakeServer().Refuses().Answers(HttpStatusCode.BadGateway).Answers(HttpStatusCode.Accepted, Submitted);
        using var client = server.Client();
        (await client.Workloads.Submit(Anything, cancellation: TestContext.Current.CancellationToken)).Id.ShouldBe("wl_1");
        server.Calls.Count.ShouldBe(3);
        server.Calls.Select(c => c.Header("Idempotency-Key")).Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
        server.Calls.ShouldAllBe(c => c.Body == "{}");
    }

    [Fact]
    public async Task Two_submits_have_two_idempotency_keys()
    {
        var server = new FakeServer().Answers(HttpStatusCode.Accepted, Submitted).Answers(HttpStatusCode.Accepted, Submitted);
        using var client = server.Client();
        await client.Workloads.Submit(Anything, cancellation: TestContext.Current.CancellationToken);
        await client.Workloads.Submit(Anything, cancellation: TestContext.Current.CancellationToken);
        server.Calls.Select(c => c.Header("Idempotency-Key")).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task The_callers_idempotency_key_is_sent()
    {
        var server = new FakeServer().Answers(HttpStatusCode.Accepted, Submitted);
        using var client = server.Client();
        await client.Workloads.Submit(Anything, "mine", TestContext.Current.CancellationToken);
        server.Calls[0].Header("Idempotency-Key").ShouldBe("mine");
    }

    [Fact]
    public async Task Retry_After_is_waited_for_exactly()
    {
        var clock = new TestClock();
        var server = new FakeServer()
            .Answers(HttpStatusCode.TooManyRequests, also: r => r.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)))
            .Answers(HttpStatusCode.OK, """{"status":"ok","version":"0.1.0"}""");
        using var client = server.Client(clock);
        (await client.Ping(TestContext.Current.CancellationToken)).Status.ShouldBe("ok");
        clock.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    public async Task A_Retry_After_of_an_hour_is_the_callers_to_decide()
    {
        var server = new FakeServer().Answers(
            HttpStatusCode.TooManyRequests,
            """{"error":{"code":"rate_limited","message":"slow down"}}""",
            also: r => r.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromHours(1)));
        using var client = server.Client();
        var refusal = await Should.ThrowAsync<OrreryApiException>(() => client.Ping(TestContext.Current.CancellationToken));
        refusal.Code.ShouldBe("rate_limited");
        server.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.InsufficientStorage)]
    public async Task Other_refusals_are_not_repeated(HttpStatusCode status)
    {
        var server = new FakeServer().Answers(status);
        using var client = server.Client();
        var refusal = await Should.ThrowAsync<OrreryApiException>(() => client.Ping(TestContext.Current.CancellationToken));
        refusal.Status.ShouldBe(status);
        server.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_unreachable()
    {
        var server = new FakeServer().Refuses().Refuses().Refuses().Refuses().Refuses();
        using var client = server.Client();
        var lost = await Should.ThrowAsync<OrreryUnreachableException>(() => client.Ping(TestContext.Current.CancellationToken));
        lost.Message.ShouldContain("orrery.test");
        server.Calls.Count.ShouldBe(5);
    }
}
