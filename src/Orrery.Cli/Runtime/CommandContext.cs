using System.CommandLine;
using Orrery.Cli.Connection;
using Orrery.Cli.Output;
using Orrery.Client;

namespace Orrery.Cli.Runtime;

/// <summary>One run of a command: its options, its server, its output.</summary>
internal sealed class CommandContext : IDisposable
{
    /// <summary>A person waits: about two seconds for a server that does not answer.</summary>
    private static readonly RetryPolicy Patience = new() { Retries = 3 };

    private readonly AnswerRecorder recorder;
    private readonly Lazy<OrreryClient> client;

    public CommandContext(Terminal terminal, ParseResult options)
    {
        (Terminal, Options) = (terminal, options);
        recorder = new AnswerRecorder(terminal.Transport ?? new SocketsHttpHandler());
        client = new Lazy<OrreryClient>(Connect);
    }

    public Terminal Terminal { get; }

    public ParseResult Options { get; }

    /// <summary>Set by a command that starts its own server; null: found by options, variables and data folder.</summary>
    public ServerLocator? Server { get; set; }

    public bool IsJson => Options.GetValue(GlobalOptions.Json);

    public OrreryClient Client => client.Value;

    /// <summary>The server's last answer, as JSON text; "" before the first.</summary>
    public string LastAnswer => recorder.LastAnswer;

    /// <summary>Prints the server's last answer as it is with <c>--json</c>, and what people read otherwise.</summary>
    public void Show(Action<CommandContext> render)
    {
        if (IsJson)
            JsonOutput.Write(Terminal.Output, recorder.LastAnswer);
        else
            render(this);
    }

    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
        recorder.Dispose();
    }

    private OrreryClient Connect()
    {
        var server = Server ?? ServerLocator.Find(Terminal, Options.GetValue(GlobalOptions.ApiUrl), Options.GetValue(GlobalOptions.ApiKey));
        return new OrreryClient(new OrreryClientOptions
        {
            BaseAddress = server.Address,
            ApiKey = server.Key,
            Handler = recorder,
            TimeProvider = Terminal.Clock,
            Retry = Patience,
            OnWarning = warning => Terminal.Error.WriteLine($"warning: {warning}"),
        });
    }
}
