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

    /// <param name="root">The root folder whose terminals it is one of: a pod has its own; "" for the machine's.</param>
    /// <exception cref="IOException">There is no terminal to be had.</exception>
    public PseudoTerminal(string root)
    {
        master = Files.Open(root + "/dev/ptmx", Native.ReadWrite | Native.NoCtty);
        if (Native.GrantTerminal(master) != 0 || Native.UnlockTerminal(master) != 0)
            throw new IOException($"no terminal: {Marshal.GetLastPInvokeErrorMessage()}");
        Name = root + FindName();
        Stream = new FileStream(master, FileAccess.ReadWrite, bufferSize: 0);
    }

    /// <summary>The far end as the machine sees it, like <c>/proc/77/root/dev/pts/0</c>.</summary>
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
