namespace Orrery.Cli.Clusters.Shell;

/// <summary>The terminal that a remote shell is shown on.</summary>
internal interface IShellConsole
{
    /// <summary>A person types and looks; otherwise there are plain pipes, and input ends.</summary>
    bool IsTerminal { get; }

    (int Columns, int Rows) Size { get; }

    Stream OpenInput();

    Stream OpenOutput();

    Stream OpenErrors();

    /// <summary>Every key goes to the shell, Ctrl-C too, until the answer is disposed or the process ends.</summary>
    IDisposable EnterRawMode();

    /// <summary>Calls when the size has changed, until the answer is disposed.</summary>
    IDisposable OnResize(Action resized);
}
