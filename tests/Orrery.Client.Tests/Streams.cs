using System.Text;

namespace Orrery.Client.Tests;

/// <summary>Gives its text and then breaks, like a lost connection.</summary>
internal sealed class BrokenStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        return read > 0 ? read : throw new IOException("connection reset");
    }
}

/// <summary>Gives its text and then stays open and silent.</summary>
internal sealed class OpenStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken);
        if (read == 0)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return read;
    }
}
