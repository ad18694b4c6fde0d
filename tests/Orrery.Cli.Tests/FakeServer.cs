using System.Net;
using System.Text;

namespace Orrery.Cli.Tests;

/// <summary>Answers by method and path, and keeps what was asked.</summary>
internal sealed class FakeServer : HttpMessageHandler
{
    private readonly Dictionary<string, (HttpStatusCode Status, string Body, string ContentType)> answers = [];
    private readonly Dictionary<string, (string Name, string Value)> headers = [];

    public List<(string Line, string? Authorization, string Body)> Calls { get; } = [];

    public FakeServer On(string line, string body, HttpStatusCode status = HttpStatusCode.OK, string contentType = "application/json")
    {
        answers[line] = (status, body, contentType);
        return this;
    }

    /// <summary>Adds a header to the answer of <paramref name="line"/>.</summary>
    public FakeServer WithHeader(string line, string name, string value)
    {
        headers[line] = (name, value);
        return this;
    }

    public FakeServer OnEvents(string id, string body) => On($"GET /v1/workloads/{id}/events stream", body, contentType: "text/event-stream");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var wantsStream = request.Headers.Accept.Any(a => a.MediaType == "text/event-stream");
        var line = $"{request.Method} {request.RequestUri!.AbsolutePath}{(wantsStream ? " stream" : "")}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Add(($"{line}{request.RequestUri.Query}", request.Headers.Authorization?.ToString(), body));
        var answer = answers.TryGetValue(line, out var known)
            ? known
            : (Status: HttpStatusCode.NotFound, Body: """{"error":{"code":"not_found","message":"No such thing."}}""", ContentType: "application/json");
        var response = new HttpResponseMessage(answer.Status)
        {
            Content = new StringContent(answer.Body, Encoding.UTF8, answer.ContentType),
            RequestMessage = request,
        };
        if (headers.TryGetValue(line, out var header))
            response.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return response;
    }
}
