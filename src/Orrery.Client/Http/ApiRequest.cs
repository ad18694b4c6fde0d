using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orrery.Client.Http;

/// <summary>One logical call; each attempt makes its own message from it.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    public const string JsonType = "application/json";

    public ReadOnlyMemory<byte>? Body { get; private init; }

    /// <summary>In place of <see cref="Body"/>.</summary>
    public FileBody? File { get; private init; }

    public string ContentType { get; private init; } = JsonType;

    public string Accept { get; init; } = JsonType;

    /// <summary>Headers beside the connection's own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The same over all attempts; only POST sends it, and none when null.</summary>
    public string? IdempotencyKey { get; init; } = Guid.NewGuid().ToString("N");

    public static ApiRequest Get(string path) => new(HttpMethod.Get, path);

    public static ApiRequest Delete(string path) => new(HttpMethod.Delete, path);

    public static ApiRequest Put(string path, FileBody file) =>
        new(HttpMethod.Put, path) { File = file, Headers = new Dictionary<string, string> { ["Content-Digest"] = file.Digest } };

    public static ApiRequest Put(string path, JsonElement body) => new ApiRequest(HttpMethod.Put, path).WithJson(body);

    public static ApiRequest Patch(string path, JsonElement body) => new ApiRequest(HttpMethod.Patch, path).WithJson(body);

    public static ApiRequest Post(string path) => new(HttpMethod.Post, path);

    public static ApiRequest Post<T>(string path, T body, JsonTypeInfo<T> type) =>
        Post(path).With(JsonSerializer.SerializeToUtf8Bytes(body, type), JsonType);

    public static ApiRequest Post(string path, JsonElement body) => Post(path).WithJson(body);

    public static ApiRequest Post(string path, FileBody file) =>
        new(HttpMethod.Post, path) { File = file, IdempotencyKey = null, Headers = new Dictionary<string, string> { ["Content-Digest"] = file.Digest } };

    public ApiRequest With(ReadOnlyMemory<byte> body, string contentType) => this with { Body = body, ContentType = contentType };

    private ApiRequest WithJson(JsonElement body) => With(Encoding.UTF8.GetBytes(body.GetRawText()), JsonType);

    public HttpRequestMessage ToMessage(Uri root)
    {
        var message = new HttpRequestMessage(Method, new Uri(root, Path.TrimStart('/')));
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        foreach (var (name, value) in Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (Method == HttpMethod.Post && IdempotencyKey is not null)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        }
        if (File is { } file)
            message.Content = file.ToContent();
        return message;
    }
}
