using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Identity;
using Orrery.Contracts.Json;
using Orrery.Server.Errors;
using Orrery.Server.Hosting;

namespace Orrery.Server.Identity;

/// <summary>Users, keys and the console's session.</summary>
internal static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/users").WithTags("Identity").Allow(AccessRule.Admin);
        users.MapGet("", ListUsers).WithSummary("Every user");
        users.MapPost("", CreateUser).WithSummary("Add a user").Accepts<CreateUserRequest>(Json);

        var keys = routes.MapGroup("/api/keys").WithTags("Identity").Allow(AccessRule.User);
        keys.MapGet("", ListKeys).WithSummary("Your keys; everybody's for admins");
        keys.MapPost("", CreateKey).WithSummary("Make a key; its secret is shown this one time").Accepts<CreateKeyRequest>(Json);
        keys.MapDelete("/{id}", RevokeKey).WithSummary("Revoke a key, now and for good");

        var session = routes.MapGroup("/api/session").WithTags("Identity").Allow(AccessRule.Open);
        session.MapPost("", OpenSession).WithSummary("Exchange a key for the console's cookie").Accepts<SessionRequest>(Json);
        session.MapDelete("", CloseSession).WithSummary("Close the session");
    }

    private const string Json = "application/json";

    private static async Task<Ok<UserList>> ListUsers(IdentityStore store, CancellationToken ct) =>
        TypedResults.Ok(new UserList([.. (await store.Users(ct)).Select(View)]));

    private static async Task<Created<UserView>> CreateUser(HttpContext http, IdentityStore store, TimeProvider clock, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, WireJson.Default.CreateUserRequest);
        if (request.Name is not { Length: >= 1 and <= 64 } name || name.Any(char.IsControl))
            throw Refuse.Invalid("name", "must be 1 to 64 printable characters");
        var role = request.Role ?? Roles.User;
        if (role is not (Roles.Admin or Roles.User))
            throw Refuse.Invalid("role", "must be admin or user");
        var user = new UserRow { Id = Ids.New("usr"), Name = name, Role = role, CreatedAt = clock.GetUtcNow() };
        if (!await store.AddUser(user, ct))
            throw new ApiException(409, "already_exists", $"There is a user '{name}' already.");
        return TypedResults.Created($"/api/users/{user.Id}", View(user));
    }

    private static async Task<Ok<KeyList>> ListKeys(HttpContext http, IdentityStore store, CancellationToken ct)
    {
        var caller = http.Caller();
        var keys = await store.Keys(caller.IsAdmin ? null : caller.UserId, ct);
        return TypedResults.Ok(new KeyList([.. keys.Select(KeyMaker.View)]));
    }

    private static async Task<Created<CreatedKey>> CreateKey(HttpContext http, KeyMaker maker, CancellationToken ct)
    {
        var request = await JsonBody.Read(http, WireJson.Default.CreateKeyRequest);
        var created = await maker.Make(request, http.Caller(), ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/keys/{created.Key.Id}", created);
    }

    private static async Task<Ok<KeyView>> RevokeKey(
        string id, HttpContext http, IdentityStore store, PrincipalCache principals, TimeProvider clock, CancellationToken ct)
    {
        var caller = http.Caller();
        var key = await store.Revoke(id, caller.IsAdmin ? null : caller.UserId, clock.GetUtcNow(), ct) ?? throw Refuse.NotFound("key", id);
        principals.Forget(key.Hash);
        return TypedResults.Ok(KeyMaker.View(key));
    }

    private static async Task<Ok<SessionResponse>> OpenSession(HttpContext http, Sessions sessions, SessionLimiter limiter)
    {
        limiter.Take(http);
        var request = await JsonBody.Read(http, WireJson.Default.SessionRequest, limit: 4096);
        return TypedResults.Ok(await sessions.Open(http, request.Key));
    }

    private static async Task<NoContent> CloseSession(HttpContext http, Sessions sessions)
    {
        await sessions.Close(http);
        return TypedResults.NoContent();
    }

    private static UserView View(UserRow user) => new(user.Id, user.Name, user.Role, user.CreatedAt);
}
