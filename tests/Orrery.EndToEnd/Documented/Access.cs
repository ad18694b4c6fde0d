namespace Orrery.EndToEnd.Documented;

/// <summary>Keys, users and the console's session.</summary>
public abstract class Access(ServerFixture fixture)
{
    private TestServer Server => fixture.Server;

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var made = (await Server.Admin.Post("/api/keys", """{"name":"short-lived"}""")).MustBe(201);
        made.Response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var secret = made.Str("secret");
        secret.ShouldMatch("^rs_live_[A-Za-z0-9]{32,}$");
        using var api = Api.User(Server.Address, secret);
        (await api.Get("/v1/ping")).MustBe(200);
        var id = made["key"].Str("id");
        (await Server.Admin.Delete($"/api/keys/{id}")).MustBe(200);
        (await api.Get("/v1/ping")).MustBe(401)["error"].Str("code").ShouldBe("invalid_api_key");
        var listed = (await Server.Admin.Get("/api/keys")).MustBe(200);
        listed.Text.ShouldNotContain(secret);
        listed["keys"]!.AsArray().First(key => key.Str("id") == id)!["revoked_at"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Bearer_and_api_key_headers_are_the_same_caller()
    {
        using var api = Api.Anonymous(Server.Address);
        (await api.Get("/v1/ping", ("X-API-Key", Server.AdminKey))).MustBe(200).Str("status").ShouldBe("ok");
        (await Server.Admin.Get("/v1/ping")).MustBe(200).Str("status").ShouldBe("ok");
    }

    [Fact]
    public async Task The_session_cookie_reads_and_changes_only_with_its_token()
    {
        using var api = Api.Anonymous(Server.Address);
        var opened = (await api.Post("/api/session", $$"""{"key":"{{Server.AdminKey}}"}""")).MustBe(200);
        var setCookie = opened.Response.Headers.GetValues("Set-Cookie").Single();
        setCookie.ShouldContain("httponly", Case.Insensitive);
        setCookie.ShouldContain("samesite=lax", Case.Insensitive);
        var cookie = ("Cookie", setCookie.Split(';')[0]);
        (await api.Get("/v1/workloads", cookie)).MustBe(200);
        (await api.Get("/api/deployments", cookie)).MustBe(200);
        (await api.Post("/v1/workloads", "{}", cookie)).MustBe(403)["error"].Str("code").ShouldBe("forbidden");
        (await api.Post("/v1/workloads", "{}", cookie, ("X-CSRF-Token", opened.Str("csrf_token")))).MustBe(202);
        (await api.Delete("/api/session", cookie, ("X-CSRF-Token", opened.Str("csrf_token")))).MustBe(204);
        (await api.Get("/v1/workloads", cookie)).MustBe(401);
    }

    [Fact]
    public async Task A_user_sees_only_what_is_theirs()
    {
        var user = (await Server.Admin.Post("/api/users", """{"name":"ada"}""")).MustBe(201);
        var key = (await Server.Admin.Post("/api/keys", $$"""{"name":"ada's","user_id":"{{user.Str("id")}}"}""")).MustBe(201);
        using var ada = Api.User(Server.Address, key.Str("secret"));
        var mine = await Server.Admin.Submit("{}");
        var hers = await ada.Submit("""{"type":"hers"}""");
        (await ada.Get($"/v1/workloads/{mine}")).MustBe(404);
        (await ada.Post($"/v1/workloads/{mine}/cancel")).MustBe(404);
        (await ada.Get("/v1/workloads")).MustBe(200)["data"]!.AsArray().Select(view => view.Str("id")).ShouldBe([hers]);
        (await Server.Admin.Get($"/v1/workloads/{hers}")).MustBe(200);
        (await ada.Get("/api/users")).MustBe(403);
    }
}

public sealed class AccessOnSqlite(SqliteFixture fixture) : Access(fixture), IClassFixture<SqliteFixture>;

public sealed class AccessOnPostgres(PostgresFixture fixture) : Access(fixture), IClassFixture<PostgresFixture>;
