using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Server.Agents;
using Orrery.Server.Deployments;
using Orrery.Server.Errors;
using Orrery.Server.Identity;

namespace Orrery.Server.Artifacts;

/// <summary>Bytes: what programs produced, and what users bring for them.</summary>
internal static class ArtifactEndpoints
{
    private const long Mb = 1_000_000;

    public static void MapArtifacts(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/v1/artifacts").WithTags("Artifacts").Allow(AccessRule.User);
        users.MapPost("", Bring).WithSummary("Bring a file for programs; its contentId goes into program.inputs").Produces<ArtifactStored>(201);
        users.MapMethods("/{contentId}", [HttpMethods.Get, HttpMethods.Head], Read).WithSummary("The bytes; ranges can be asked for");
        users.MapDelete("/{contentId}", TakeBack).WithSummary("Take back what you brought; workloads that use it keep it");
        routes.MapPut("/api/deployments/{id}/artifacts/{name}", Put).WithTags("Deployments").Allow(AccessRule.Agent)
            .WithSummary("Keep an artifact of a stage").Produces<ArtifactStored>(201);
        routes.MapGet("/api/agent/deployments/{id}/inputs/{**path}", Input).WithTags("Agents").Allow(AccessRule.Agent)
            .WithSummary("A file that the program of a deployment reads");
    }

    private static async Task<IResult> Bring(HttpContext http, Spool spool, ContentLedger ledger, ArtifactStore store, IOptions<ArtifactOptions> options, CancellationToken ct)
    {
        using var file = await Receive(http, spool, options.Value, ct);
        await ledger.Keep(file, ct);
        await store.Bring(http.Caller().UserId, file, ContentTypes.Sound(http.Request.ContentType, ""), ct);
        return Created(http, file);
    }

    private static async Task<IResult> Put(
        string id, string name, HttpContext http, DeploymentStore deployments, Spool spool, ContentLedger ledger, ArtifactStore store, IOptions<ArtifactOptions> options, CancellationToken ct)
    {
        var agent = AgentIdentity.Of(http);
        if (!ArtifactName.IsSound(name))
            throw Refuse.Invalid("name", ArtifactName.Shape);
        await Held(id, agent, deployments, ct);
        using var file = await Receive(http, spool, options.Value, ct);
        await ledger.Keep(file, ct);
        await store.Add(await Held(id, agent, deployments, ct), name, file, ContentTypes.Sound(http.Request.ContentType, name), $"agent:{agent.AgentId}", ct);
        return Created(http, file);
    }

    /// <summary>A deployment that the agent has and that still runs.</summary>
    private static async Task<DeploymentRow> Held(string id, AgentIdentity agent, DeploymentStore deployments, CancellationToken ct)
    {
        if (await deployments.Find(id, ct) is not { } row || row.AgentRef != agent.Ref)
            throw Refuse.NotFound("deployment", id);
        return DeploymentStatus.IsTerminal(row.Status)
            ? throw new ApiException(409, "already_finished", $"Deployment '{id}' has ended already: {row.Status}.")
            : row;
    }

    private static async Task<IResult> Read(string contentId, HttpContext http, ArtifactStore store, IContentStore contents, CancellationToken ct)
    {
        if (!ContentId.TryRead(contentId, out var sha256) || await store.Find(sha256, http.Caller(), ct) is not { } found)
            throw Refuse.NotFound("artifact", contentId);
        return await Bytes(http, contents, sha256, found.SizeBytes, found.ContentType, found.Name ?? contentId, ct);
    }

    private static async Task<IResult> Input(string id, string path, HttpContext http, DeploymentStore deployments, IContentStore contents, CancellationToken ct)
    {
        var deployment = await Held(id, AgentIdentity.Of(http), deployments, ct);
        var work = System.Text.Json.JsonSerializer.Deserialize(deployment.Work, WireJson.Default.AgentWork)!;
        var file = work.PlanData.Program?.Inputs.FirstOrDefault(input => input.Path == path) ?? throw Refuse.NotFound("input", path);
        return await Bytes(http, contents, file.Sha256, file.SizeBytes, ContentTypes.Unknown, Path.GetFileName(path), ct);
    }

    private static async Task<NoContent> TakeBack(string contentId, HttpContext http, ArtifactStore store, CancellationToken ct) =>
        ContentId.TryRead(contentId, out var sha256) && await store.TakeBack(http.Caller().UserId, sha256, ct)
            ? TypedResults.NoContent()
            : throw Refuse.NotFound("upload", contentId);

    private static async Task<SpooledFile> Receive(HttpContext http, Spool spool, ArtifactOptions options, CancellationToken ct)
    {
        var most = options.LargestMb * Mb;
        if (http.Request.ContentLength > most)
            throw Refuse.TooLarge(most);
        if (http.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw Refuse.Encoded(encoding);
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = most;
        var digest = ContentDigest.Of(http);
        var file = await spool.Take(http.Request.Body, most, ct);
        if (digest is null || digest == file.Sha256)
            return file;
        file.Dispose();
        throw Refuse.Invalid(ContentDigest.Header, $"is not of these bytes: their SHA-256 is {file.Sha256}");
    }

    private static IResult Created(HttpContext http, SpooledFile file)
    {
        var id = ContentId.Of(file.Sha256);
        http.Response.Headers.Location = $"/v1/artifacts/{id}";
        return TypedResults.Json(new ArtifactStored(id, file.Sha256, file.SizeBytes), WireJson.Default.ArtifactStored, statusCode: 201);
    }

    /// <summary>Never shown by a browser as a page of this site, whatever somebody put into it.</summary>
    private static async Task<IResult> Bytes(HttpContext http, IContentStore contents, string sha256, long size, string type, string name, CancellationToken ct)
    {
        try
        {
            var stream = await contents.Open(sha256, size, ct);
            http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
            return TypedResults.Stream(stream, type, fileDownloadName: name, entityTag: new EntityTagHeaderValue($"\"{sha256}\""), enableRangeProcessing: true);
        }
        catch (FileNotFoundException)
        {
            throw new ApiException(410, "gone", "These bytes are not in the server's storage any more.");
        }
    }
}
