using System.Net;
using System.Net.WebSockets;

namespace Orrery.Client.Http;

internal static class SocketOpener
{
    /// <param name="address">http or https.</param>
    /// <param name="headers">Sent with the handshake.</param>
    /// <param name="http">What it is sent through.</param>
    /// <param name="cancellation">Ends the handshake.</param>
    public static async Task<ClientWebSocket> Open(
        Uri address, IReadOnlyDictionary<string, string> headers, HttpMessageInvoker http, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        var target = new UriBuilder(address) { Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs };
        try
        {
            await socket.ConnectAsync(target.Uri, http, cancellation).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException e)
        {
            using (socket)
                throw Failure(socket, address, e);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static Exception Failure(ClientWebSocket socket, Uri address, WebSocketException error) =>
        !Enum.IsDefined(socket.HttpStatusCode)
            ? new OrreryUnreachableException(address, error)
            : new OrreryApiException(
                socket.HttpStatusCode, $"http_{(int)socket.HttpStatusCode}", $"The server answered {Name(socket.HttpStatusCode)} instead of a terminal.");

    private static string Name(HttpStatusCode status) => $"{(int)status} {status}";
}
