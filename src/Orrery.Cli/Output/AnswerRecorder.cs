namespace Orrery.Cli.Output;

/// <summary>Keeps the text of the last successful JSON answer, for <c>--json</c>.</summary>
internal sealed class AnswerRecorder(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public string LastAnswer { get; private set; } = "";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == "application/json")
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            LastAnswer = await response.Content.ReadAsStringAsync(cancellationToken);
        }
        return response;
    }
}
