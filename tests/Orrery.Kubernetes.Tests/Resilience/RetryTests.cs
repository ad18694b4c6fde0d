using Orrery.Kubernetes.Tests.Support;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Resilience;

/// <summary>What is repeated, and what is not.</summary>
public sealed class RetryTests : DoubleTest
{
    private const string Reading = "GET /api/v1/namespaces/default/secrets/a";
    private const string Creating = "POST /api/v1/namespaces/default/secrets";

    [Theory]
    [InlineData(503, false)]
    [InlineData(504, false)]
    [InlineData(0, true)]
    public async Task Reading_is_repeated(int status, bool breaksOff)
    {
        using var client = Client();
        await client.Secrets.Create(Secret("a"), Limit);
        Server.Fail(3, status, breaksOff: breaksOff);
        (await client.Secrets.Get("default", "a", Limit)).Metadata.Name.ShouldBe("a");
        Asked(Reading).ShouldBe(4);
    }

    [Fact]
    public async Task Reading_is_given_up_after_so_many_attempts()
    {
        using var client = Client(new KubernetesClientOptions { Retries = 2, RetryDelay = TimeSpan.FromMilliseconds(1) });
        Server.Fail(3, 503);
        (await Should.ThrowAsync<KubernetesApiException>(() => client.Secrets.Get("default", "a", Limit))).Code.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        Server.Fail(3, 0, breaksOff: true);
        await Should.ThrowAsync<KubernetesUnreachableException>(() => client.Secrets.Get("default", "a", Limit));
        Asked(Reading).ShouldBe(6);
    }

    [Theory]
    [InlineData(503, false)]
    [InlineData(500, false)]
    [InlineData(0, true)]
    public async Task A_creation_that_may_have_happened_is_not_repeated(int status, bool breaksOff)
    {
        using var client = Client();
        Server.Fail(1, status, breaksOff: breaksOff);
        await Should.ThrowAsync<KubernetesException>(() => client.Secrets.Create(Secret("a"), Limit));
        Asked(Creating).ShouldBe(1);
    }

    [Fact]
    public async Task What_a_busy_server_refused_is_repeated_when_it_says()
    {
        var clock = new StillClock();
        using var client = Client(new KubernetesClientOptions { Clock = clock });
        Server.Fail(2, 429, retryAfterSeconds: 3);
        await client.Secrets.Create(Secret("a"), Limit);
        Asked(Creating).ShouldBe(3);
        clock.Waits.ShouldBe([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)]);
        Server.Fail(100, 429, retryAfterSeconds: 1000);
        (await Should.ThrowAsync<KubernetesTooManyRequestsException>(() => client.Secrets.Create(Secret("b"), Limit))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(1000));
        clock.Waits.ShouldAllBe(wait => wait <= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_apply_and_a_merge_are_repeated_and_operations_are_not()
    {
        using var client = Client();
        Server.Fail(1, 0, breaksOff: true);
        await client.Secrets.Apply(Secret("a"), force: false, Limit);
        var body = System.Text.Json.JsonDocument.Parse("""{"metadata":{"labels":{"a":"1"}}}""").RootElement;
        Server.Fail(1, 0, breaksOff: true);
        (await client.Secrets.Patch("default", "a", Patch.Merge(body), subresource: null, Limit)).Metadata.Labels!["a"].ShouldBe("1");
        Server.Fail(1, 0, breaksOff: true);
        var operations = Patch.Operations(System.Text.Json.JsonDocument.Parse("""[{"op":"remove","path":"/metadata/labels/a"}]""").RootElement);
        await Should.ThrowAsync<KubernetesUnreachableException>(() => client.Secrets.Patch("default", "a", operations, subresource: null, Limit));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_out_of_reach()
    {
        var address = Server.Address;
        await Server.Interrupt(async () =>
        {
            using var client = new KubernetesClient(KubernetesConnection.Anonymous(address), new KubernetesClientOptions { Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(1) });
            var error = await Should.ThrowAsync<KubernetesUnreachableException>(() => client.Secrets.Create(Secret("a"), Limit));
            error.Message.ShouldContain($"{address.Port}");
        });
    }

    [Fact]
    public async Task An_answer_may_not_be_larger_than_is_read()
    {
        using var client = Client(new KubernetesClientOptions { LargestResponse = 64 * 1024 });
        await client.Secrets.Create(Secret("small") with { Data = new() { ["a"] = new byte[8 * 1024] } }, Limit);
        await Should.ThrowAsync<KubernetesProtocolException>(() => client.Secrets.Create(Secret("large") with { Data = new() { ["a"] = new byte[64 * 1024] } }, Limit));
    }
}
