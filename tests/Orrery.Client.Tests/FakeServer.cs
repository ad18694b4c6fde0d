using System.Net;
using System.Text;

namespace Orrery.Client.Tests;

/// <summary>Answers calls in the order of its script and keeps what was asked.</summary>
internal sealed class FakeServer : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> script = [];

    public List<Call> Calls { get; } = [];

    public FakeServer Answers(HttpStatusCode status, string body = "", string contentType = "application/json", Action<HttpResponseMessage>? also = null)
    {
        script.Enqueue(() =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, contentType) };
            also?.Invoke(response);
            return response;
        });
        return this;
    }

    public FakeServer Streams(Stream body)
    {
        script.Enqueue(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });
        return this;
    }

    public FakeServer Refuses()
    {
        script.Enqueue(() => throw new HttpRequestException("connection refused"));
        return this;
    }

    public OrreryClient Client(TestClock? clock = null, string address = "http://orrery.test:7070", string? key = "rs_test_secret") =>
        new(Options(clock, address, key));

    public OrreryClientOptions Options(TestClock? clock = null, string address = "http://orrery.test:7070", string? key = "rs_test_secret") =>
        new() { BaseAddress = new Uri(address), ApiKey = key, Handler = this, TimeProvider = clock ?? new TestClock() };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Calls.Add(new Call(
            request.Method.Method,
            request.RequestUri!.AbsoluteUri,
            request.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value)),
            request.Content?.Headers.ContentType?.MediaType,
            body));
        var response = script.Dequeue()();
        response.RequestMessage = request;
        return response;
    }
}

internal sealed record Call(string Method, string Address, IReadOnlyDictionary<string, string> Headers, string? ContentType, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
