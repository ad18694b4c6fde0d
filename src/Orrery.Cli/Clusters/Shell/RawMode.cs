using System.Runtime.InteropServices;

namespace Orrery.Cli.Clusters.Shell;

/// <summary>
/// Standard input without line editing, echo and signals (termios), until it is disposed, the process ends, or a signal
/// ends it.
/// </summary>
internal sealed class RawMode : IDisposable
{
    private readonly byte[] before = new byte[TerminalAttributes.Size];
    private readonly List<PosixSignalRegistration> signals = [];
    private int isRestored;

    /// <exception cref="IOException">Standard input is no terminal.</exception>
    public RawMode()
    {
        if (!TerminalAttributes.Read(before))
            throw new IOException("Standard input is no terminal that could be set up.");
        AppDomain.CurrentDomain.ProcessExit += Restore;
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
            signals.Add(PosixSignalRegistration.Create(signal, _ => Restore(null, EventArgs.Empty)));
        TerminalAttributes.WriteRaw(before);
    }

    public void Dispose()
    {
        Restore(null, EventArgs.Empty);
        AppDomain.CurrentDomain.ProcessExit -= Restore;
        foreach (var signal in signals)
            signal.Dispose();
    }

    private void Restore(object? sender, EventArgs arguments)
    {
        if (Interlocked.Exchange(ref isRestored, 1) == 0)
            TerminalAttributes.Write(before);
    }
}
