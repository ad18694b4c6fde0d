using System.Diagnostics;
using Orrery.Node.Posix;

namespace Orrery.Node.Shells;

/// <summary>A shell at its terminal.</summary>
internal sealed class RunningShell(PseudoTerminal terminal, Process process, string record) : IDisposable
{
    public PseudoTerminal Terminal => terminal;

    public Task WaitForExit(CancellationToken cancellation) => process.WaitForExitAsync(cancellation);

    public int ExitCode => process.HasExited ? process.ExitCode : -1;

    /// <summary>Ends all that was started at the terminal.</summary>
    public void Kill()
    {
        foreach (var pid in ProcessTable.Pids().Where(p => ProcessTable.Find(p)?.Session == process.Id))
            _ = Native.Kill(pid, Native.SigKill);
    }

    public void Dispose()
    {
        Kill();
        terminal.Dispose();
        process.Dispose();
        try
        {
            File.Delete(record);
        }
        catch (DirectoryNotFoundException)
        {
            // the pod went first
        }
    }
}
