using System.Net.WebSockets;
using System.Text;

namespace Orrery.Backends.Tests.Support;

/// <summary>Types into a terminal and reads what it shows.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task Type(this WebSocket shell, string text) =>
        shell.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    public static Task Resize(this WebSocket shell, int columns, int rows) =>
        shell.SendAsync(Encoding.UTF8.GetBytes($$$"""{"resize":{"cols":{{{columns}}},"rows":{{{rows}}}}}"""), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>All that is shown until it contains <paramref name="text"/>, or the shell is over.</summary>
    public static async Task<string> Shown(this WebSocket shell, string? text)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var buffer = new byte[4096];
        var seen = "";
        while (text is null || !seen.Contains(text, StringComparison.Ordinal))
        {
            var frame = await shell.ReceiveAsync(buffer, limit.Token);
            if (frame.MessageType == WebSocketMessageType.Close)
                break;
            seen += Encoding.UTF8.GetString(buffer, 0, frame.Count);
        }
        return seen;
    }
}
