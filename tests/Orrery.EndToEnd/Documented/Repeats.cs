namespace Orrery.EndToEnd.Documented;

/// <summary><c>Idempotency-Key</c>: a repeat is harmless.</summary>
public abstract class Repeats(ServerFixture fixture)
{
    private Api Api => fixture.Server.Admin;

    [Fact]
    public async Task The_same_key_and_body_give_the_first_answer_again()
    {
        var first = (await Submit("twice", "a")).MustBe(202);
        var second = (await Submit("twice", "a")).MustBe(202);
        second.Text.ShouldBe(first.Text);
        second.Response.Headers.Location.ShouldBe(first.Response.Headers.Location);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        (await Submit("other body", "a")).MustBe(202);
        (await Submit("other body", "b")).MustBe(422)["error"].Str("code").ShouldBe("idempotency_mismatch");
    }

    [Fact]
    public async Task Twins_in_flight_make_one_workload()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Submit("twins", "twins")));
        answers.Select(answer => answer.MustBe(202).Str("id")).Distinct().Count().ShouldBe(1);
        (await Api.Get("/v1/workloads?type=twins")).MustBe(200).Json.Int("total").ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_request_does_not_use_up_its_key()
    {
        (await Api.Post("/v1/workloads", """{"mode":"nowhere"}""", ("Idempotency-Key", "refused first"))).MustBe(400);
        (await Submit("refused first", "a")).MustBe(202);
    }

    private Task<Answer> Submit(string key, string type) => Api.Post("/v1/workloads", $$"""{"type":"{{type}}"}""", ("Idempotency-Key", key));
}

public sealed class RepeatsOnSqlite(SqliteFixture fixture) : Repeats(fixture), IClassFixture<SqliteFixture>;

public sealed class RepeatsOnPostgres(PostgresFixture fixture) : Repeats(fixture), IClassFixture<PostgresFixture>;
