using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orrery.Cli.Clusters.Shell;

/// <summary>The process' own terminal.</summary>
internal sealed class ShellConsole : IShellConsole
{
    private const int DefaultColumns = 80;
    private const int DefaultRows = 24;
    private const int StandardInput = 0;

    public bool IsTerminal => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Some terminals say that they have none.</summary>
    public (int Columns, int Rows) Size =>
        Console.IsOutputRedirected || Console.WindowWidth <= 0 || Console.WindowHeight <= 0 ? (DefaultColumns, DefaultRows) : (Console.WindowWidth, Console.WindowHeight);

    /// <summary>The bytes as they are typed: <see cref="Console.OpenStandardInput()"/> edits lines on a terminal and takes it out of raw mode.</summary>
    public Stream OpenInput() => new FileStream(new SafeFileHandle(StandardInput, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    public Stream OpenOutput() => Console.OpenStandardOutput();

    public Stream OpenErrors() => Console.OpenStandardError();

    public IDisposable EnterRawMode() => new RawMode();

    public IDisposable OnResize(Action resized) => PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => resized());
}
