namespace Orrery.EndToEnd.Refusals;

/// <summary>A wrong request is refused by the name of what is wrong, and leaves nothing behind.</summary>
public sealed class RefusalTests(RefusalFixture fixture) : IClassFixture<RefusalFixture>
{
    private static readonly Refusal[] All =
    [
        .. WorkloadRefusals.Bodies, .. WorkloadRefusals.Fields, .. WorkloadRefusals.Queries,
        .. OtherRefusals.Keys, .. OtherRefusals.Elements, .. OtherRefusals.Agents, .. OtherRefusals.Deployments,
    ];

    public static TheoryData<int, string> Rows => [.. All.Select((refusal, i) => new TheoryDataRow<int, string>(i, refusal.ToString()))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Is_refused_and_writes_nothing(int row, string request)
    {
        var (refusal, before) = (All[row], await fixture.Everything());
        var answer = await fixture.Of(refusal.By).Send(new HttpMethod(refusal.Method), fixture.Fill(refusal.Path), refusal.Body);
        answer.MustBe(refusal.Status);
        answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", request);
        var problem = answer.Json;
        problem.Int("status").ShouldBe(refusal.Status);
        problem.Str("detail").ShouldContain(refusal.Mentions);
        if (refusal.Path.StartsWith("/api", StringComparison.Ordinal))
            problem.Str("error").ShouldBe(problem.Str("detail"));
        else
            problem["error"].Str("code").ShouldBe(refusal.Code, answer.Text);
        (await fixture.Everything()).ShouldBe(before);
    }
}
