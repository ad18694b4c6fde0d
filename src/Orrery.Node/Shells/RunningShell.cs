using System.Diagnostics;
using Orrery.Node.Posix;
using Orrery.Node.Protocol;

namespace Orrery.Node.Shells;

/// <summary>A shell at its terminal, or with pipes where <paramref name="terminal"/> is null.</summary>
internal sealed class RunningShell(Process process, string record, PseudoTerminal? terminal) : IDisposable
{
    /// <summary>Ctrl-D: what a terminal takes for the end of its input.</summary>
    private static readonly byte[] EndOfTerminalInput = [4];

    public Stream Input => terminal?.Stream ?? process.StandardInput.BaseStream;

    /// <summary>A terminal shows errors in it too.</summary>
    public Stream Output => terminal?.Stream ?? process.StandardOutput.BaseStream;

    /// <summary>Null at a terminal.</summary>
    public Stream? Errors => terminal is null ? process.StandardError.BaseStream : null;

    public void Resize(TerminalSize size) => terminal?.Resize(size);

    public async Task EndInput(CancellationToken cancellation)
    {
        if (terminal is null)
            process.StandardInput.Close();
        else
            await Input.WriteAsync(EndOfTerminalInput, cancellation);
    }

    public Task WaitForExit(CancellationToken cancellation) => process.WaitForExitAsync(cancellation);

    public int ExitCode => process.HasExited ? process.ExitCode : -1;

    /// <summary>Ends all that was started in it.</summary>
    public void Kill()
    {
        foreach (var pid in ProcessTable.Pids().Where(p => ProcessTable.Find(p)?.Session == process.Id))
            _ = Native.Kill(pid, Native.SigKill);
    }

    public void Dispose()
    {
        Kill();
        terminal?.Dispose();
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
