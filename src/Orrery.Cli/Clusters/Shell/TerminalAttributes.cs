using System.Runtime.InteropServices;

namespace Orrery.Cli.Clusters.Shell;

/// <summary>The attributes of standard input, kept as the system lays them out: nothing here looks inside.</summary>
internal static class TerminalAttributes
{
    /// <summary>Bytes; more than any system's <c>struct termios</c> (60 on Linux, 72 on macOS).</summary>
    public const int Size = 256;

    private const int StandardInput = 0;
    private const int Now = 0;

    /// <summary>False when standard input is no terminal.</summary>
    public static bool Read(byte[] attributes) => tcgetattr(StandardInput, attributes) == 0;

    public static void Write(byte[] attributes) => _ = tcsetattr(StandardInput, Now, attributes);

    public static void WriteRaw(byte[] attributes)
    {
        var raw = (byte[])attributes.Clone();
        cfmakeraw(raw);
        Write(raw);
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcgetattr(int descriptor, byte[] attributes);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int tcsetattr(int descriptor, int when, byte[] attributes);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void cfmakeraw(byte[] attributes);
}
