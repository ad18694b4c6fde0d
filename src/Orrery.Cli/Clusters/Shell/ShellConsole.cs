using System.Runtime.InteropServices;

namespace Orrery.Cli.Clusters.Shell;

/// <summary>The process' own terminal.</summary>
internal sealed class ShellConsole : IShellConsole
{
    private const int DefaultColumns = 80;
    private const int DefaultRows = 24;

    public bool IsTerminal => !Console.IsInputRedirected;

    public (int Columns, int Rows) Size => Console.IsOutputRedirected ? (DefaultColumns, DefaultRows) : (Console.WindowWidth, Console.WindowHeight);

    public Stream OpenInput() => Console.OpenStandardInput();

    public Stream OpenOutput() => Console.OpenStandardOutput();

    public IDisposable EnterRawMode() => new RawMode();

    public IDisposable OnResize(Action resized) => PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => resized());
}
