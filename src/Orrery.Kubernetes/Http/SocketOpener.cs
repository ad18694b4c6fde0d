using System.Net;
using System.Net.WebSockets;
using Orrery.Kubernetes.Errors;
using Orrery.Kubernetes.Objects;

namespace Orrery.Kubernetes.Http;

/// <summary>Opens WebSockets over the same transport as calls.</summary>
internal static class SocketOpener
{
    public static async Task<ClientWebSocket> Open(Uri address, string protocol, List<KeyValuePair<string, string>> headers, HttpMessageInvoker http, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol(protocol);
            socket.Options.CollectHttpResponseDetails = true;
            foreach (var (name, value) in headers)
                socket.Options.SetRequestHeader(name, value);
            await socket.ConnectAsync(address, http, ct);
            return socket;
        }
        catch (WebSocketException e)
        {
            var code = socket.HttpStatusCode;
            socket.Dispose();
            throw (int)code == 0 || code is HttpStatusCode.OK or HttpStatusCode.SwitchingProtocols
                ? new KubernetesUnreachableException(address, e.InnerException?.Message ?? e.Message, e)
                : ErrorReader.Of(code, new Status { Code = (int)code, Message = $"The API server answered {(int)code} {code} to {address.AbsolutePath}" }, retryAfter: null);
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }
}
