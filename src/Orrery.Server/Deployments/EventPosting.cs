using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;
using Orrery.Server.Agents;
using Orrery.Server.Errors;

namespace Orrery.Server.Deployments;

/// <summary><c>POST /api/deployments/{id}/events</c>: one event or an array of them.</summary>
internal sealed class EventPosting(EventAppender appender, EventRateLimiter limiter)
{
    private const int MostInArray = 1000;
    private const long LargestEvent = 256 * 1024;
    private const long LargestArray = 16 * 1024 * 1024;

    public async Task<IResult> Post(string id, HttpContext http)
    {
        var body = await JsonBody.Bytes(http, LargestArray);
        var agent = AgentIdentity.Of(http);
        return FirstByte(body.Span) == (byte)'['
            ? await PostArray(id, agent, body, http.RequestAborted)
            : await PostOne(id, agent, body, http.RequestAborted);
    }

    private async Task<IResult> PostOne(string id, AgentIdentity agent, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        if (body.Length > LargestEvent)
            throw Refuse.TooLarge(LargestEvent);
        var posted = EventReader.Read(JsonBody.Parse(body.Span, WireJson.Default.EventPost));
        var result = await Append(id, agent, [posted], ct);
        return TypedResults.Json(new EventPosted(result.Ids![0], result.Status), WireJson.Default.EventPosted, statusCode: 201);
    }

    /// <summary>A refused element never spoils the others: 207 with one result each.</summary>
    private async Task<IResult> PostArray(string id, AgentIdentity agent, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var (results, good, places) = ReadArray(body.Span);
        var count = results.Length;
        var appended = await Append(id, agent, good, ct);
        if (good.Count == count)
            return TypedResults.Json(new EventsPosted(appended.Ids!, appended.Status), WireJson.Default.EventsPosted, statusCode: 201);
        for (var i = 0; i < places.Count; i++)
            results[places[i]] = new EventPostResult(201, appended.Ids![i], null);
        return TypedResults.Json(new EventsPartlyPosted(results, appended.Status), WireJson.Default.EventsPartlyPosted, statusCode: 207);
    }

    /// <summary>All at once when all are well-formed; else one by one, to tell the good from the bad.</summary>
    private static (EventPostResult[] Results, List<NewEvent> Good, List<int> Places) ReadArray(ReadOnlySpan<byte> body)
    {
        List<EventPost?>? posts = null;
        try
        {
            posts = JsonSerializer.Deserialize(body, WireJson.Default.ListEventPost)!;
        }
        catch (JsonException)
        {
            // Some element has a wrong shape: each is read alone below.
        }
        var elements = posts is null ? JsonBody.Parse(body, WireJson.Default.JsonElement) : default;
        var count = posts?.Count ?? elements.GetArrayLength();
        if (count is 0 or > MostInArray)
            throw Refuse.Invalid("body", $"must have 1 to {MostInArray} events");
        var results = new EventPostResult[count];
        var (good, places) = (new List<NewEvent>(count), new List<int>(count));
        for (var i = 0; i < count; i++)
        {
            try
            {
                good.Add(EventReader.Read((posts is null ? ReadAlone(elements[i]) : posts[i]) ?? throw Refuse.InvalidBody("An event must be an object.")));
                places.Add(i);
            }
            catch (ApiException refused)
            {
                results[i] = new EventPostResult(refused.Status, null, refused.Message);
            }
        }
        return (results, good, places);
    }

    private static EventPost ReadAlone(JsonElement element) =>
        JsonBody.Parse(JsonSerializer.SerializeToUtf8Bytes(element, WireJson.Default.JsonElement), WireJson.Default.EventPost);

    private async Task<AppendResult> Append(string id, AgentIdentity agent, IReadOnlyList<NewEvent> events, CancellationToken ct)
    {
        if (limiter.Take(id, events) is { Ticks: > 0 } wait)
            throw Refuse.RateLimited(wait);
        var result = await appender.Append(new AppendRequest(id, agent.Ref, $"agent:{agent.AgentId}", events), ct);
        return result.Ids is null ? throw Refuse.NotFound("deployment", id) : result;
    }

    private static byte FirstByte(ReadOnlySpan<byte> body)
    {
        var trimmed = body.TrimStart(" \t\r\n"u8);
        return trimmed.IsEmpty ? (byte)0 : trimmed[0];
    }
}
