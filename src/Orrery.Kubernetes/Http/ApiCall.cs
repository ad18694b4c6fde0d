using System.Net.Http.Headers;

namespace Orrery.Kubernetes.Http;

/// <summary>One logical call; each attempt makes its own message from it.</summary>
internal sealed record ApiCall(HttpMethod Method, string Path)
{
    public QueryText Query { get; init; } = new();

    public ReadOnlyMemory<byte>? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Doing it twice does what doing it once does, also when the first attempt's answer was lost.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>False: the answer may begin at any time (a log that has no line yet).</summary>
    public bool IsTimed { get; init; } = true;

    public static ApiCall Get(string path) => new(HttpMethod.Get, path) { MayRepeat = true };

    public HttpRequestMessage ToMessage(Uri server)
    {
        var message = new HttpRequestMessage(Method, new Uri(server, Path + Query));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        }
        return message;
    }
}
