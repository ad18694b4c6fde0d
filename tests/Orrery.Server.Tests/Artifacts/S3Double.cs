using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orrery.Server.Tests.Artifacts;

/// <summary>As much of the S3 protocol as an object store is asked for, with one bucket, orrery: put, get with a range, head, delete; every request must be signed (version 4).</summary>
internal sealed class S3Double : IAsyncDisposable
{
    private readonly WebApplication app;

    private S3Double(WebApplication app) => this.app = app;

    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    public int Puts { get; private set; }

    /// <summary>It takes connections and says nothing.</summary>
    public bool IsStalled { get; set; }

    /// <summary>So many answers with a body break off, or stall, in the middle of it.</summary>
    public int Broken { get; set; }

    /// <summary>They stall.</summary>
    public bool Stalls { get; set; }

    /// <summary>Every request is refused with this; null: none is.</summary>
    public (int Status, string Code)? Refusal { get; set; }

    public Uri Address => new(app.Urls.First());

    public static async Task<S3Double> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var host = builder.Build();
        host.Urls.Add("http://127.0.0.1:0");
        var service = new S3Double(host);
        host.Run(service.Answer);
        await host.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private Task Answer(HttpContext http)
    {
        var key = http.Request.Path.Value!;
        if (IsStalled)
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        if (!http.Request.Headers.Authorization.ToString().StartsWith("AWS4-HMAC-SHA256 Credential=access/", StringComparison.Ordinal))
            return Refuse(http, 403, "AccessDenied");
        if (Refusal is { } refusal)
            return Refuse(http, refusal.Status, refusal.Code);
        if (!$"{key}/".StartsWith("/orrery/", StringComparison.Ordinal))
            return Refuse(http, 404, "NoSuchBucket");
        if (http.Request.Query["list-type"] == "2")
            return http.Response.WriteAsync("<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>", http.RequestAborted);
        return http.Request.Method switch
        {
            "PUT" => Put(http, key),
            "GET" or "HEAD" when Objects.TryGetValue(key, out var bytes) => Get(http, bytes),
            "DELETE" => Delete(http, key),
            _ => Refuse(http, 404, "NoSuchKey"),
        };
    }

    private async Task Put(HttpContext http, string key)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Objects[key] = body.ToArray();
        Puts++;
        http.Response.Headers.ETag = "\"x\"";
    }

    private async Task Get(HttpContext http, byte[] bytes)
    {
        var part = bytes.AsMemory();
        if (http.Request.Headers.Range.ToString() is { Length: > 0 } range)
        {
            var ends = range["bytes=".Length..].Split('-');
            var (from, to) = (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture));
            part = part[from..(to + 1)];
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = $"bytes {from}-{to}/{bytes.Length}";
        }
        http.Response.ContentLength = part.Length;
        if (http.Request.Method != "GET")
            return;
        if (Broken == 0)
        {
            await http.Response.Body.WriteAsync(part, http.RequestAborted);
            return;
        }
        Broken--;
        await http.Response.Body.WriteAsync(part[..(part.Length / 2)], http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
        if (Stalls)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        http.Abort();
    }

    private Task Delete(HttpContext http, string key)
    {
        Objects.TryRemove(key, out _);
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml";
        return http.Request.Method == "HEAD" ? Task.CompletedTask : http.Response.WriteAsync($"<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>", http.RequestAborted);
    }
}
