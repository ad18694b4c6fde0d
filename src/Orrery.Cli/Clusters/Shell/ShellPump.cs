using Orrery.Client.Clusters;

namespace Orrery.Cli.Clusters.Shell;

/// <summary>Moves bytes between a terminal here and a shell there until that one ends.</summary>
internal static class ShellPump
{
    private const int BufferSize = 16 * 1024;

    public static async Task Run(IShellConsole console, ShellSession session, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var resizing = console.OnResize(() => _ = Resize(console, session, ended.Token));
        var typing = Task.Run(() => Type(console, session, ended.Token), CancellationToken.None);
        try
        {
            await Show(console, session, cancellation);
        }
        finally
        {
            // The read of a terminal cannot be interrupted: it is left behind, and ends with the process.
            await ended.CancelAsync();
            _ = typing.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private static async Task Show(IShellConsole console, ShellSession session, CancellationToken cancellation)
    {
        await using var output = console.OpenOutput();
        await using var errors = console.OpenErrors();
        while (await session.Receive(cancellation) is { } printed)
        {
            var stream = printed.IsErrors ? errors : output;
            await stream.WriteAsync(printed.Bytes, cancellation);
            await stream.FlushAsync(cancellation);
        }
    }

    private static async Task Type(IShellConsole console, ShellSession session, CancellationToken cancellation)
    {
        var buffer = new byte[BufferSize];
        await using var input = console.OpenInput();
        while (await input.ReadAsync(buffer, cancellation) is > 0 and var count)
            await session.Send(buffer.AsMemory(0, count), cancellation);
        await session.EndInput(cancellation);
    }

    /// <summary>A size that does not get through is no reason to end: the next one will.</summary>
    private static async Task Resize(IShellConsole console, ShellSession session, CancellationToken cancellation)
    {
        try
        {
            var (columns, rows) = console.Size;
            await session.Resize(columns, rows, cancellation);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is gone, which the other direction tells.
        }
    }
}
