namespace Orrery.EndToEnd.Clusters;

public sealed class RefusalsOnSqlite(SqliteRefusalFixture fixture) : ClusterRefusalTests(fixture), IClassFixture<SqliteRefusalFixture>;

public sealed class RefusalsOnPostgres(PostgresRefusalFixture fixture) : ClusterRefusalTests(fixture), IClassFixture<PostgresRefusalFixture>;

/// <summary>A wrong request is refused by the name of what is wrong, and leaves nothing behind.</summary>
public abstract class ClusterRefusalTests(ClusterRefusalFixture fixture)
{
    private static readonly ClusterRefusal[] All =
    [
        .. RefusedCreates.Bodies, .. RefusedCreates.Members, .. RefusedParts.Resources, .. RefusedParts.Services, .. RefusedParts.Schedules,
        .. RefusedChanges.Patches, .. RefusedChanges.Batches, .. RefusedChanges.Strangers,
        .. RefusedQueries.Lists, .. RefusedQueries.Pods, .. RefusedQueries.Keys, .. RefusedQueries.Workspaces,
    ];

    public static TheoryData<int, string> Rows => [.. All.Select((refusal, i) => new TheoryDataRow<int, string>(i, refusal.ToString()))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Is_refused_and_writes_nothing(int row, string request)
    {
        var (refusal, before) = (All[row], await fixture.Everything());
        var header = refusal.Header?.Split(": ");
        (string, string)[] headers = header is null ? [] : [(header[0], header[1])];
        var answer = await fixture.Of(refusal.By).Send(
            new HttpMethod(refusal.Method), fixture.Fill(refusal.Path), refusal.Body is null ? null : fixture.Fill(refusal.Body), headers);
        answer.MustBe(refusal.Status);
        answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", request);
        var problem = answer.Json;
        problem.Int("status").ShouldBe(refusal.Status);
        problem.Str("errorCode").ShouldBe(refusal.Code, answer.Text);
        problem.Str("errorMessage").ShouldNotBeEmpty();
        problem.Str("errorMessage").ShouldContain(refusal.Mentions);
        if (refusal.Field is not null)
            problem["errors"].Members().ShouldContain(refusal.Field);
        (await fixture.Everything()).ShouldBe(before);
    }
}
