using Orrery.Cli.Clusters.Shell;
using Spectre.Console;

namespace Orrery.Cli;

/// <summary>Everything a command touches outside: streams, environment, time, transport.</summary>
internal sealed record Terminal
{
    private const int RedirectedWidth = 160;

    /// <summary>Tables and panels.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>JSON and plain lines, on the same stream.</summary>
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public required TextReader Input { get; init; }

    public required Func<string, string?> Environment { get; init; }

    /// <summary>A person looks at it: live displays are welcome.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>The terminal of the process, for remote shells.</summary>
    public IShellConsole Shell { get; init; } = new ShellConsole();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Null: real connections.</summary>
    public HttpMessageHandler? Transport { get; init; }

    public static Terminal Process()
    {
        var isDumb = System.Environment.GetEnvironmentVariable("TERM") is "dumb";
        var isInteractive = !System.Console.IsOutputRedirected && !isDumb;
        return new()
        {
            Console = CreateConsole(System.Console.Out, isInteractive, System.Environment.GetEnvironmentVariable),
            Output = System.Console.Out,
            Error = System.Console.Error,
            Input = System.Console.In,
            Environment = System.Environment.GetEnvironmentVariable,
            IsInteractive = isInteractive,
        };
    }

    /// <summary>Colours only for people, and never against <c>NO_COLOR</c> (no-color.org).</summary>
    public static IAnsiConsole CreateConsole(TextWriter output, bool isInteractive, Func<string, string?> environment)
    {
        var noColour = !isInteractive || !string.IsNullOrEmpty(environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = noColour ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isInteractive)
            console.Profile.Width = RedirectedWidth;
        return console;
    }
}
