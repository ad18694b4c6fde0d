using System.Net.WebSockets;
using System.Text;

namespace Orrery.EndToEnd.Clusters;

/// <summary>A web shell as a browser or the command line has it.</summary>
public sealed class Terminal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ClientWebSocket socket = new();

    private Terminal()
    {
    }

    /// <summary>What the server closed it with.</summary>
    public WebSocketCloseStatus? Closed => socket.CloseStatus;

    /// <returns>The open terminal, or null and the status of the refusal.</returns>
    public static async Task<(Terminal? Terminal, int Status)> Open(Uri address, string key, string workloadId, string podId, string query = "", string? origin = null)
    {
        var terminal = new Terminal();
        terminal.socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        terminal.socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
            terminal.socket.Options.SetRequestHeader("Origin", origin);
        var uri = new UriBuilder(new Uri(address, $"{ClusterSteps.Root}/{workloadId}/pods/{podId}/webshell")) { Scheme = "ws", Query = query }.Uri;
        try
        {
            using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
            await terminal.socket.ConnectAsync(uri, limit.Token);
            return (terminal, 101);
        }
        catch (WebSocketException)
        {
            var status = (int)terminal.socket.HttpStatusCode;
            terminal.Dispose();
            return (null, status);
        }
    }

    public Task Type(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    public Task Resize(int columns, int rows) => socket.SendAsync(
        Encoding.UTF8.GetBytes($$$"""{"resize":{"cols":{{{columns}}},"rows":{{{rows}}}}}"""), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>All that is shown until it contains <paramref name="text"/>; null: until the shell is over.</summary>
    public async Task<string> Shown(string? text)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var (buffer, seen) = (new byte[4096], "");
        while (text is null || !seen.Contains(text, StringComparison.Ordinal))
        {
            var frame = await socket.ReceiveAsync(buffer, limit.Token);
            if (frame.MessageType == WebSocketMessageType.Close)
                return text is null ? seen : throw new InvalidOperationException($"The shell ended before it showed '{text}': {seen}");
            seen += Encoding.UTF8.GetString(buffer, 0, frame.Count);
        }
        return seen;
    }

    public void Dispose() => socket.Dispose();
}
