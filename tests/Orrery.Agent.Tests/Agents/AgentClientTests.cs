using System.Net;
using System.Text;
using Orrery.Agent.Tests.Fakes;
using Orrery.Client;
using Orrery.Client.Agents;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;

namespace Orrery.Agent.Tests.Agents;

public sealed class AgentClientTests
{
    private static readonly EventPost[] Two =
        [new() { Type = "step.started", Key = "a" }, new() { Type = "step.completed", Key = "b" }];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_carries_the_key_and_the_agent_and_is_made_once()
    {
        using var server = new OneAnswer(HttpStatusCode.ServiceUnavailable, "");
        using var client = Client(server);
        await Should.ThrowAsync<OrreryApiException>(() => client.Poll(Ct));
        await Should.ThrowAsync<OrreryApiException>(() => client.Register(new RegisterRequest { AgentId = "sat-1" }, Ct));
        await Should.ThrowAsync<OrreryApiException>(() => client.Telemetry(new TelemetryRequest { AgentId = "sat-1" }, Ct));
        await Should.ThrowAsync<OrreryApiException>(() => client.PostEvents("dep-1", Two, Ct));
        await Should.ThrowAsync<OrreryApiException>(() => client.DeploymentStatus("dep-1", Ct));
        server.Calls.ShouldBe([
            "GET /api/agent/workloads rs_test_key sat-1", "POST /api/agent/register rs_test_key sat-1",
            "POST /api/agent/telemetry rs_test_key sat-1", "POST /api/deployments/dep-1/events rs_test_key sat-1",
            "GET /api/agent/deployments/dep-1 rs_test_key sat-1"]);
    }

    [Fact]
    public async Task No_content_means_no_work()
    {
        using var server = new OneAnswer(HttpStatusCode.NoContent, "");
        using var client = Client(server);
        (await client.Poll(Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Accepted_events_and_partly_accepted_ones_give_a_result_each()
    {
        using var whole = new OneAnswer(HttpStatusCode.Created, """{"ids":["evt-1","evt-2"],"deployment_status":"running"}""");
        using var first = Client(whole);
        (await first.PostEvents("dep-1", Two, Ct)).Select(result => (result.Status, result.Id)).ShouldBe([(201, "evt-1"), (201, "evt-2")]);
        using var partly = new OneAnswer(
            HttpStatusCode.MultiStatus,
            """{"results":[{"status":400,"id":null,"error":"no"},{"status":201,"id":"evt-2","error":null}],"deployment_status":"running"}""");
        using var second = Client(partly);
        (await second.PostEvents("dep-1", Two, Ct)).Select(result => result.Status).ShouldBe([400, 201]);
    }

    [Fact]
    public async Task An_answer_with_too_few_results_acknowledges_nothing()
    {
        using var server = new OneAnswer(HttpStatusCode.Created, """{"ids":["evt-1"],"deployment_status":"running"}""");
        using var client = Client(server);
        (await Should.ThrowAsync<OrreryApiException>(() => client.PostEvents("dep-1", Two, Ct))).Code.ShouldBe("unreadable_answer");
    }

    private static AgentClient Client(HttpMessageHandler server) =>
        new(new OrreryClientOptions { BaseAddress = FakeServer.Address, ApiKey = "rs_test_key", Handler = server }, "sat-1");

    private sealed class OneAnswer(HttpStatusCode status, string body) : HttpMessageHandler
    {
        public List<string> Calls { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers;
            Calls.Add($"{request.Method} {request.RequestUri!.AbsolutePath} {headers.GetValues("X-API-Key").Single()} {headers.GetValues("X-Agent-ID").Single()}");
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json"), RequestMessage = request });
        }
    }
}
