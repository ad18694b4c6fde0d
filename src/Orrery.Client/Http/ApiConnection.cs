using System.Net.WebSockets;
using System.Text.Json.Serialization.Metadata;
using Polly;
using Polly.Timeout;

namespace Orrery.Client.Http;

/// <summary>Sends calls to one server as one caller: retries, and refusals as <see cref="OrreryApiException"/>.</summary>
internal sealed class ApiConnection : IDisposable
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly HttpClient http;
    private readonly bool ownsHttp;
    private readonly Action<string>? onWarning;
    private readonly IReadOnlyDictionary<string, string> headers;
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;

    /// <param name="options">Server, transport and patience; its key is not read here.</param>
    /// <param name="headers">Sent with every call, like <c>Authorization</c>.</param>
    public ApiConnection(OrreryClientOptions options, IReadOnlyDictionary<string, string>? headers = null)
    {
        Root = ServerAddress.Root(options.BaseAddress);
        ownsHttp = options.HttpClient is null;
        http = options.HttpClient ?? CreateHttp(options.Handler);
        this.headers = headers ?? NoHeaders;
        onWarning = options.OnWarning;
        Clock = options.TimeProvider;
        pipeline = RetryPipeline.Create(options.Retry, options.TimeProvider);
    }

    /// <summary>The server's root, ending in a slash.</summary>
    public Uri Root { get; }

    public TimeProvider Clock { get; }

    /// <summary>Sends and reads the answer's body, which must be there.</summary>
    public async Task<T> Send<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var response = await Open(request, cancellation).ConfigureAwait(false);
        return await ResponseBody.Read(response, type, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends; an answer's body, if any, is ignored.</summary>
    public async Task Send(ApiRequest request, CancellationToken cancellation)
    {
        using var response = await Open(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>Sends and answers with a successful response whose headers are read; the caller disposes it.</summary>
    /// <exception cref="OrreryApiException">The server refused.</exception>
    /// <exception cref="OrreryUnreachableException">No answer, after all retries.</exception>
    public async Task<HttpResponseMessage> Open(ApiRequest request, CancellationToken cancellation)
    {
        var response = await Attempt(request, cancellation).ConfigureAwait(false);
        ResponseWarnings.Tell(response, onWarning);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ProblemReader.Read(response, cancellation).ConfigureAwait(false);
    }

    /// <summary>Opens a WebSocket as the same caller, over the same transport; the caller disposes it.</summary>
    /// <exception cref="OrreryApiException">The server answered, but not with a WebSocket.</exception>
    /// <exception cref="OrreryUnreachableException">No answer. One attempt is made.</exception>
    public async Task<ClientWebSocket> OpenSocket(string path, CancellationToken cancellation)
    {
        try
        {
            return await SocketOpener.Open(new Uri(Root, path.TrimStart('/')), headers, http, cancellation).ConfigureAwait(false);
        }
        catch (OrreryApiException)
        {
            // The refusal of a handshake comes without its reason: the same call without one says it.
            await Send(ApiRequest.Get(path), cancellation).ConfigureAwait(false);
            throw;
        }
    }

    public void Dispose()
    {
        if (ownsHttp)
            http.Dispose();
    }

    private static HttpClient CreateHttp(HttpMessageHandler? handler) =>
        (handler is null ? new HttpClient() : new HttpClient(handler, disposeHandler: false)).Patient();

    private async Task<HttpResponseMessage> Attempt(ApiRequest request, CancellationToken cancellation)
    {
        try
        {
            return await pipeline.ExecuteAsync(SendOnce, request, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new OrreryUnreachableException(Root, e);
        }
    }

    private async ValueTask<HttpResponseMessage> SendOnce(ApiRequest request, CancellationToken cancellation)
    {
        using var message = request.ToMessage(Root);
        foreach (var (name, value) in headers)
        {
            if (!message.Headers.Contains(name))
                message.Headers.TryAddWithoutValidation(name, value);
        }
        return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
    }
}
