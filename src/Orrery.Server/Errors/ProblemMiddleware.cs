using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orrery.Server.Artifacts;
using Orrery.Server.Storage;

namespace Orrery.Server.Errors;

/// <summary>Turns whatever a request ends with into a problem; nothing of the inside leaves the server.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            context.Response.Headers["X-Request-Id"] = RequestId.Of(context);
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Task.CompletedTask;
        }, http);
        try
        {
            await next(http);
            if (http.Response.StatusCode is 404 or 405 or 415 && !http.Response.HasStarted && http.Response.ContentLength is null)
                await ProblemWriter.Write(http, Bare(http));
        }
        catch (Exception error) when (http.RequestAborted.IsCancellationRequested)
        {
            Log.Aborted(logger, error.Message);
            http.Abort();
        }
        catch (Exception error)
        {
            await ProblemWriter.Write(http, Translate(error));
        }
    }

    private static ApiException Bare(HttpContext http) => http.Response.StatusCode switch
    {
        404 => new ApiException(404, "not_found", $"There is nothing at {Refuse.Shorten(http.Request.Path)}."),
        405 => new ApiException(405, "method_not_allowed", $"{http.Request.Method} is not allowed here."),
        _ => new ApiException(415, "unsupported_media_type", "Send application/json."),
    };

    private ApiException Translate(Exception error)
    {
        switch (error)
        {
            case ApiException refusal:
                return refusal;
            case StorageFullException:
                return Refuse.StorageFull();
            case ContentUnavailableException away:
                Log.NoContents(logger, away.Message);
                return new ApiException(503, "artifacts_unavailable", "The storage of artifacts cannot be reached now; try again.");
            case BadHttpRequestException { StatusCode: 413 }:
                return new ApiException(413, "payload_too_large", "The body is larger than this endpoint takes.");
            case BadHttpRequestException bad:
                return new ApiException(bad.StatusCode, "invalid_body", "The request could not be read as HTTP with a complete body.");
            case JsonException bad:
                return Refuse.InvalidBody(bad.Message);
            default:
                Log.Failed(logger, error);
                return new ApiException(500, "internal_error", "Something went wrong here; the server's log has it under this request's id.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A request failed inside the server.")]
        public static partial void Failed(ILogger logger, Exception error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Artifacts cannot be read or kept now: {Reason}")]
        public static partial void NoContents(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Debug, Message = "The caller went away: {Reason}")]
        public static partial void Aborted(ILogger logger, string reason);
    }
}
