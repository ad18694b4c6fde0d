using System.Text;

namespace Orrery.Cli.Tests;

/// <summary>Runs one command line against a fake server, and keeps what it printed.</summary>
internal sealed class CommandLine(FakeServer server)
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    public Dictionary<string, string> Environment { get; } = new() { ["ORRERY_API_URL"] = "http://orrery.test", ["ORRERY_DATA"] = "/nonexistent" };

    public string Input { get; set; } = "";

    public string Output => output.ToString();

    public string Error => error.ToString();

    public Terminal Terminal
    {
        get
        {
            var standardOutput = new StringWriter(output);
            return new()
            {
                Console = Terminal.CreateConsole(standardOutput, isInteractive: false, Environment.GetValueOrDefault),
                Output = standardOutput,
                Error = new StringWriter(error),
                Input = new StringReader(Input),
                Environment = Environment.GetValueOrDefault,
                Transport = server,
            };
        }
    }

    public Task<int> Run(params string[] arguments) => OrreryProgram.Run(arguments, Terminal, Xunit.TestContext.Current.CancellationToken);
}
