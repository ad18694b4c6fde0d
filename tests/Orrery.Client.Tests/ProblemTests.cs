using System.Net;
using Shouldly;
using Xunit;

namespace Orrery.Client.Tests;

public sealed class ProblemTests
{
    [Fact]
    public async Task A_refusal_of_v1_says_code_message_fields_and_request()
    {
        var refusal = await Refusal(HttpStatusCode.BadRequest, """
            {"type":"about:blank","title":"Bad Request","status":400,"detail":"One field is wrong.","instance":"/v1/ping",
             "errors":{"parallelism.stages":["must be 1 or more"]},
             "error":{"code":"validation_error","message":"One field is wrong.","details":{"parallelism.stages":["must be 1 or more"]}}}
            """);
        refusal.Code.ShouldBe("validation_error");
        refusal.Message.ShouldBe("One field is wrong.");
        refusal.Details["parallelism.stages"].ShouldBe(["must be 1 or more"]);
        refusal.RequestId.ShouldBe("req-1");
        refusal.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_refusal_of_api_says_its_message()
    {
        var refusal = await Refusal(HttpStatusCode.NotFound, """{"title":"Not Found","status":404,"error":"No such deployment."}""");
        refusal.Message.ShouldBe("No such deployment.");
        refusal.Code.ShouldBe("http_404");
    }

    [Theory]
    [InlineData("""[{"code":"no_contact","message":"no pass in 12 h","numbers":{"horizon_h":12}}]""")]
    [InlineData("""{"reasons":[{"code":"no_contact","message":"no pass in 12 h","numbers":{"horizon_h":12}}]}""")]
    public async Task An_infeasible_workload_says_its_reasons(string details)
    {
        var refusal = await Refusal(
            HttpStatusCode.UnprocessableEntity, $$"""{"error":{"code":"infeasible","message":"No plan.","details":{{details}} } }""");
        var reason = refusal.Reasons.ShouldHaveSingleItem();
        reason.Code.ShouldBe("no_contact");
        reason.Numbers["horizon_h"].ShouldBe(12);
    }

    [Theory]
    [InlineData("<html>nginx</html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"error":null}""")]
    public async Task A_refusal_that_is_no_problem_still_says_its_status(string body)
    {
        var refusal = await Refusal(HttpStatusCode.Forbidden, body);
        refusal.Code.ShouldBe("http_403");
        refusal.Message.ShouldContain("403");
    }

    [Fact]
    public async Task A_success_that_cannot_be_read_is_an_error_of_its_own()
    {
        using var client = new FakeServer().Answers(HttpStatusCode.OK, "<html>a proxy's page</html>").Client();
        var refusal = await Should.ThrowAsync<OrreryApiException>(() => client.Ping(TestContext.Current.CancellationToken));
        refusal.Code.ShouldBe("unreadable_answer");
    }

    [Fact]
    public void Options_never_show_their_key() =>
        new FakeServer().Options(key: "rs_live_very_secret").ToString().ShouldNotContain("rs_live");

    private static async Task<OrreryApiException> Refusal(HttpStatusCode status, string body)
    {
        using var client = new FakeServer()
            .Answers(status, body, "application/problem+json", r => r.Headers.Add("X-Request-Id", "req-1"))
            .Client();
        return await Should.ThrowAsync<OrreryApiException>(() => client.Ping(TestContext.Current.CancellationToken));
    }
}
