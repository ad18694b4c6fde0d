using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orrery.Kubernetes.Errors;
using Polly;

namespace Orrery.Kubernetes.Http;

/// <summary>Sends calls to one API server as one identity: at a bounded rate, with retries, refusals as typed errors.</summary>
internal sealed class ApiConnection : IDisposable
{
    private readonly KubernetesConnection connection;
    private readonly KubernetesClientOptions options;
    private readonly HttpMessageInvoker http;
    private readonly TokenBucket bucket;
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;
    private readonly string? host;

    public ApiConnection(KubernetesConnection connection, KubernetesClientOptions options)
    {
        (this.connection, this.options) = (connection, options);
        http = new HttpMessageInvoker(TlsHandler.Create(connection));
        bucket = new TokenBucket(options.RequestsPerSecond, options.Burst, options.Clock);
        pipeline = RetryPipeline.Create(options, connection.Credential);
        host = connection.TlsServerName is { } name ? $"{name}:{connection.Server.Port}" : null; // the handler checks the certificate against the Host header
    }

    public KubernetesClientOptions Options => options;

    /// <exception cref="KubernetesException">See <see cref="Open"/>; also an answer that cannot be read.</exception>
    public async Task<T> Send<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var response = await Open(call, ct);
        try
        {
            var body = await BoundedBody.Read(response, options.LargestResponse, ct);
            return JsonSerializer.Deserialize(body.Span, type) ?? throw new KubernetesProtocolException("The API server answered null.");
        }
        catch (JsonException e)
        {
            throw new KubernetesProtocolException($"The API server's answer to {call.Method} {call.Path} is not what was expected, at {e.Path}.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !ct.IsCancellationRequested)
        {
            throw new KubernetesUnreachableException(connection.Server, "the answer broke off", e);
        }
    }

    /// <summary>A successful answer whose headers are read; the caller disposes it.</summary>
    /// <exception cref="KubernetesApiException">The server refused: one of its subclasses.</exception>
    /// <exception cref="KubernetesUnreachableException">No answer, after all retries.</exception>
    public async Task<HttpResponseMessage> Open(ApiCall call, CancellationToken ct)
    {
        var response = await Attempt(call, ct);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ErrorReader.Read(response, ct);
    }

    /// <summary>Opens a WebSocket; one attempt is made, two when the credential was renewed.</summary>
    /// <exception cref="KubernetesApiException">The server refused.</exception>
    /// <exception cref="KubernetesUnreachableException">No answer.</exception>
    public async Task<ClientWebSocket> OpenSocket(ApiCall call, string protocol, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            await bucket.Take(ct);
            try
            {
                return await SocketOpener.Open(Address(call), protocol, await Headers(ct), http, ct);
            }
            catch (KubernetesUnauthorizedException) when (attempt == 0 && connection.Credential.Renew())
            {
                // with what the credential gives now
            }
        }
    }

    public KubernetesUnreachableException BrokeOff(Exception why) => new(connection.Server, "the answer broke off", why);

    public void Dispose() => http.Dispose();

    private Uri Address(ApiCall call)
    {
        var address = new UriBuilder(new Uri(connection.Server, call.Path + call.Query));
        address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        return address.Uri;
    }

    private async Task<HttpResponseMessage> Attempt(ApiCall call, CancellationToken ct)
    {
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(RetryPipeline.Call, call);
        try
        {
            return await pipeline.ExecuteAsync(static (context, self) => self.SendOnce(context.Properties.GetValue(RetryPipeline.Call, null!), context.CancellationToken), context, this);
        }
        catch (TimeoutException e)
        {
            throw new KubernetesUnreachableException(connection.Server, $"no answer within {options.AttemptTimeout.TotalSeconds:0.#} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !ct.IsCancellationRequested)
        {
            throw new KubernetesUnreachableException(connection.Server, Why(e), e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<HttpResponseMessage> SendOnce(ApiCall call, CancellationToken ct)
    {
        await bucket.Take(ct); // a place in the queue is not part of the server's time
        using var limit = new CancellationTokenSource(call.IsTimed ? options.AttemptTimeout : Timeout.InfiniteTimeSpan, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            using var message = call.ToMessage(connection.Server);
            (message.Version, message.VersionPolicy) = (System.Net.HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower);
            foreach (var (name, value) in await Headers(both.Token))
                message.Headers.TryAddWithoutValidation(name, value);
            message.Headers.UserAgent.Add(new ProductInfoHeaderValue(options.FieldManager, productVersion: null));
            return await http.SendAsync(message, both.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException("The server took too long.", e);
        }
    }

    private async ValueTask<List<KeyValuePair<string, string>>> Headers(CancellationToken ct)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (await connection.Credential.Token(ct) is { } token)
            headers.Add(new("Authorization", $"Bearer {token}"));
        if (host is not null)
            headers.Add(new("Host", host));
        return headers;
    }

    private static string Why(Exception error) => error is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http
        ? $"{http.HttpRequestError}{(http.InnerException is { } inner ? $" ({inner.Message})" : "")}"
        : error.Message;
}
