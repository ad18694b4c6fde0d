using System.Text.Json;

namespace Orrery.Cli.Examples;

/// <summary>What ranks say to rank 0 when they come: where their ring neighbour finds them.</summary>
internal sealed record Hello(string RunId, int Rank, int Size, string? Address, int Port);

/// <summary>Lines of JSON, for the few words before the numbers flow.</summary>
internal static class Wire
{
    public static async Task Write<T>(StreamWriter writer, T message, CancellationToken cancellation)
    {
        await writer.WriteLineAsync(JsonSerializer.Serialize(message).AsMemory(), cancellation);
        await writer.FlushAsync(cancellation);
    }

    /// <exception cref="IOException">The other side is gone or says something else.</exception>
    public static async Task<T> Read<T>(StreamReader reader, CancellationToken cancellation)
    {
        var line = await reader.ReadLineAsync(cancellation) ?? throw new IOException("the connection was closed before the ring was made");
        try
        {
            return JsonSerializer.Deserialize<T>(line) ?? throw new IOException("nothing was said");
        }
        catch (JsonException e)
        {
            throw new IOException($"not understood: {e.Message}", e);
        }
    }
}
