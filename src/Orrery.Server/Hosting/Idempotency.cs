using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orrery.Contracts.Json;
using Orrery.Server.Errors;
using Orrery.Server.Identity;
using Orrery.Server.Storage;

namespace Orrery.Server.Hosting;

/// <summary><c>Idempotency-Key</c>: the same key and body give the first 2xx again; a twin in flight waits for the first.</summary>
internal sealed class Idempotency(IDatabase database, TimeProvider clock, IOptions<RetentionOptions> retention)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;
    private readonly ConcurrentDictionary<string, Turn> turns = new(StringComparer.Ordinal);

    /// <param name="http">The call.</param>
    /// <param name="body">Its body; another one under the same key is refused.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="type">Of the answer.</param>
    /// <param name="act">Does the work; stores the answer in its own transaction when it can.</param>
    public async Task<IResult> Once<T>(
        HttpContext http, ReadOnlyMemory<byte> body, int status, JsonTypeInfo<T> type, Func<IdempotencyScope?, Task<T>> act)
    {
        if (Scope(http, body) is not { } scope)
            return TypedResults.Json(await act(null), type, statusCode: status);
        using var turn = await Wait(scope, http.RequestAborted);
        if (await Earlier(scope) is { } earlier)
            return Replay(scope, earlier);
        var answer = await act(scope);
        if (!scope.Stored)
        {
            var response = JsonSerializer.Serialize(answer, type);
            await database.Write(async work => { await scope.Store(work, status, response, clock.GetUtcNow()); return true; }, http.RequestAborted);
        }
        return TypedResults.Json(answer, type, statusCode: status);
    }

    private static IdempotencyScope? Scope(HttpContext http, ReadOnlyMemory<byte> body)
    {
        if (!http.Request.Headers.TryGetValue(Header, out var values))
            return null;
        var key = values.ToString();
        if (key.Length is 0 or > LongestKey || key.Any(char.IsControl))
            throw Refuse.Invalid(Header, $"must be 1 to {LongestKey} printable characters");
        return new IdempotencyScope(
            http.Caller().UserId, $"{http.Request.Method} {http.Request.Path}", key, Convert.ToHexStringLower(SHA256.HashData(body.Span)));
    }

    private async Task<IdempotentAnswer?> Earlier(IdempotencyScope scope)
    {
        var oldest = clock.GetUtcNow() - TimeSpan.FromHours(retention.Value.IdempotencyHours);
        return await database.Write(
            async work =>
            {
                if (await scope.Earlier(work) is not { } earlier)
                    return null;
                if (earlier.CreatedAt >= oldest)
                    return earlier;
                await scope.Forget(work);
                return null;
            },
            CancellationToken.None);
    }

    private static ContentHttpReplay Replay(IdempotencyScope scope, IdempotentAnswer earlier) => earlier.BodyHash == scope.BodyHash
        ? new ContentHttpReplay(earlier)
        : throw new ApiException(422, "idempotency_mismatch", "This Idempotency-Key was used with another body.");

    /// <summary>One at a time per key: in this process by a turn, between replicas by an advisory lock.</summary>
    private async Task<IDisposable> Wait(IdempotencyScope scope, CancellationToken ct)
    {
        var name = scope.ToString();
        var turn = turns.AddOrUpdate(name, _ => new Turn(), (_, known) => known.Join());
        await turn.Gate.WaitAsync(ct);
        var shared = database is PostgresDatabase postgres ? await AdvisoryLock(postgres, name, ct) : null;
        return new Leaving(() =>
        {
            shared?.Dispose();
            turn.Gate.Release();
            if (turn.Leave())
                turns.TryRemove(new KeyValuePair<string, Turn>(name, turn));
        });
    }

    private static async Task<IDisposable> AdvisoryLock(PostgresDatabase postgres, string name, CancellationToken ct)
    {
        var id = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        var connection = await postgres.Source.OpenConnectionAsync(ct);
        await connection.ExecuteAsync("SELECT pg_advisory_lock(@id)", new { id });
        return new Leaving(() =>
        {
            connection.Execute("SELECT pg_advisory_unlock(@id)", new { id });
            connection.Dispose();
        });
    }

    private sealed class Turn
    {
        private int users = 1;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public Turn Join()
        {
            Interlocked.Increment(ref users);
            return this;
        }

        public bool Leave() => Interlocked.Decrement(ref users) == 0;
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}

/// <summary>The first answer again, byte for byte.</summary>
internal sealed class ContentHttpReplay(IdempotentAnswer earlier) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = earlier.Status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.Headers["Idempotency-Replayed"] = "true";
        if (earlier.Status == StatusCodes.Status202Accepted)
            httpContext.Response.Headers.Location = JsonSerializer.Deserialize(earlier.Response, WireJson.Default.SubmitResponse)!.StatusUrl;
        return httpContext.Response.WriteAsync(earlier.Response, httpContext.RequestAborted);
    }
}
