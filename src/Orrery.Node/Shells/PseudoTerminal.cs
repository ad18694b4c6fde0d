using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Orrery.Node.Posix;
using Orrery.Node.Protocol;

namespace Orrery.Node.Shells;

/// <summary>The near end of a terminal.</summary>
internal sealed class PseudoTerminal : IDisposable
{
    private const int LongestName = 64;

    private readonly SafeFileHandle master;

    /// <exception cref="IOException">The machine gives no terminal.</exception>
    public PseudoTerminal()
    {
        master = Native.OpenTerminal(Native.ReadWrite | Native.NoCtty | Native.CloseOnExec);
        if (master.IsInvalid || Native.GrantTerminal(master) != 0 || Native.UnlockTerminal(master) != 0)
            throw new IOException($"no terminal: {Marshal.GetLastPInvokeErrorMessage()}");
        Name = FindName();
        Stream = new FileStream(master, FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>The far end, like <c>/dev/pts/3</c>.</summary>
    public string Name { get; }

    /// <summary>What is typed goes in, what is shown comes out. Reading fails once the last program has closed the far end.</summary>
    public FileStream Stream { get; }

    public void Resize(TerminalSize size) =>
        _ = Native.SetWindow(master, Native.SetWindowSize, new WindowSize((ushort)size.Rows, (ushort)size.Cols, 0, 0));

    public void Dispose()
    {
        Stream.Dispose();
        master.Dispose();
    }

    private string FindName()
    {
        var bytes = new byte[LongestName];
        if (Native.TerminalName(master, bytes, LongestName) != 0)
            throw new IOException("the terminal has no name");
        return Encoding.UTF8.GetString(bytes.AsSpan(0, Array.IndexOf(bytes, (byte)0)));
    }
}
