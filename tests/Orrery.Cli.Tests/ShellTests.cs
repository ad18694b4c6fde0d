using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orrery.Cli.Clusters.Shell;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class ShellTests
{
    [Fact]
    public async Task What_is_typed_goes_there_what_is_shown_comes_back_and_the_terminal_is_restored()
    {
        await using var server = Server();
        await server.StartAsync(TestContext.Current.CancellationToken);
        var console = new FakeConsole();
        var line = new CommandLine(new FakeServer()) { Environment = { ["ORRERY_API_URL"] = server.Urls.First() } };
        var terminal = line.Terminal with { Transport = null, Shell = console };
        var running = OrreryProgram.Run(["cluster", "shell", "train-bcdfg", "--rank", "1"], terminal, TestContext.Current.CancellationToken);

        await console.Shown.WaitFor("bash 100x40\r\n", TestContext.Current.CancellationToken);
        console.IsRaw.ShouldBeTrue();
        await console.Typed.Writer.WriteAsync("ls\r"u8.ToArray(), TestContext.Current.CancellationToken);
        await console.Shown.WaitFor("typed ls\r", TestContext.Current.CancellationToken);
        console.Resize(120, 50);
        await console.Shown.WaitFor("""{"resize":{"cols":120,"rows":50}}""", TestContext.Current.CancellationToken);
        await console.Typed.Writer.WriteAsync("exit"u8.ToArray(), TestContext.Current.CancellationToken);

        (await running).ShouldBe(5, line.Error);
        console.IsRaw.ShouldBeFalse();
    }

    [Fact]
    public async Task A_command_in_a_pipe_has_no_terminal_and_errors_come_apart()
    {
        await using var server = Server();
        await server.StartAsync(TestContext.Current.CancellationToken);
        var console = new FakeConsole { IsTerminal = false };
        await console.Typed.Writer.CompleteAsync();
        var line = new CommandLine(new FakeServer()) { Environment = { ["ORRERY_API_URL"] = server.Urls.First() } };
        var terminal = line.Terminal with { Transport = null, Shell = console };
        var code = await OrreryProgram.Run(["cluster", "shell", "train-bcdfg", "--rank", "1", "--", "wc", "-l", "a file"], terminal, TestContext.Current.CancellationToken);
        code.ShouldBe(7, line.Error);
        console.Shown.Text.ShouldBe("wc -l 'a file' without a terminal\n");
        console.Errors.Text.ShouldBe("wrong\n");
        console.WasRaw.ShouldBeFalse();
    }

    [Fact]
    public async Task Why_a_shell_is_refused_is_said_in_the_servers_words()
    {
        await using var server = Server();
        await server.StartAsync(TestContext.Current.CancellationToken);
        var line = new CommandLine(new FakeServer()) { Environment = { ["ORRERY_API_URL"] = server.Urls.First() } };
        var terminal = line.Terminal with { Transport = null, Shell = new FakeConsole() };
        var code = await OrreryProgram.Run(["cluster", "shell", "train-bcdfg", "--rank", "1", "--shell", "fish"], terminal, TestContext.Current.CancellationToken);
        code.ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain("the pod has no 'fish'");
    }

    [Fact]
    public async Task A_lost_connection_is_told_and_the_terminal_is_restored()
    {
        await using var server = Server();
        await server.StartAsync(TestContext.Current.CancellationToken);
        var console = new FakeConsole();
        var line = new CommandLine(new FakeServer()) { Environment = { ["ORRERY_API_URL"] = server.Urls.First() } };
        await console.Typed.Writer.WriteAsync("abort"u8.ToArray(), TestContext.Current.CancellationToken);
        var terminal = line.Terminal with { Transport = null, Shell = console };
        var code = await OrreryProgram.Run(["cluster", "shell", "train-bcdfg", "--rank", "1"], terminal, TestContext.Current.CancellationToken);
        code.ShouldBe(ExitCodes.Unreachable, line.Error);
        console.IsRaw.ShouldBeFalse();
    }

    [Fact]
    public async Task A_pod_that_has_ended_has_no_terminal()
    {
        var server = new FakeServer().On("GET /api/v1/workloads/train-bcdfg", ClusterAnswers.Json(ClusterAnswers.View("Succeeded")));
        var line = new CommandLine(server);
        (await line.Run("cluster", "shell", "train-bcdfg")).ShouldBe(ExitCodes.NotFound);
        line.Error.ShouldContain("train-bcdfg-2-0 is Succeeded: a terminal needs a running pod.");
    }

    /// <summary>Says its shell and size, then echoes, until "exit" is typed.</summary>
    private static WebApplication Server()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseWebSockets();
        app.MapGet("/api/v1/workloads/train-bcdfg", () => Results.Text(ClusterAnswers.Json(ClusterAnswers.View()), "application/json"));
        app.MapGet("/api/v1/workloads/train-bcdfg/pods/train-bcdfg-2-1/containers", () => Results.Text("""{"containers":[{"name":"main"}],"shells":["bash","sh"]}""", "application/json"));
        app.MapGet("/api/v1/workloads/train-bcdfg/pods/train-bcdfg-2-1/webshell", async (HttpContext http, string shell, int cols, int rows, string? command, bool? tty) =>
        {
            if (shell == "fish")
            {
                await Results.Json(new { errorCode = "BadRequest", errorMessage = "shell: the pod has no 'fish'; it has bash, sh" }, statusCode: 400).ExecuteAsync(http);
                return;
            }
            if (command is not null)
            {
                await RunCommand(http, $"{command} {(tty == false ? "without" : "with")} a terminal\n");
                return;
            }
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            await Show(socket, $"{shell} {cols}x{rows}\r\n");
            var buffer = new byte[1024];
            while (true)
            {
                var frame = await socket.ReceiveAsync(buffer.AsMemory(), http.RequestAborted);
                var text = Encoding.UTF8.GetString(buffer, 0, frame.Count);
                if (text == "abort")
                    http.Abort();
                if (text == "exit" || frame.MessageType == WebSocketMessageType.Close)
                    break;
                await Show(socket, frame.MessageType == WebSocketMessageType.Text ? text : $"typed {text}");
            }
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "exit 5", http.RequestAborted);
        });
        return app;
    }

    /// <summary>Says this on output and something else on errors once its input has ended.</summary>
    private static async Task RunCommand(HttpContext http, string says)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        var frame = await socket.ReceiveAsync(buffer.AsMemory(), http.RequestAborted);
        Encoding.UTF8.GetString(buffer, 0, frame.Count).ShouldBe("""{"eof":true}""");
        await Show(socket, says);
        var errors = $$"""{"stderr":"{{Convert.ToBase64String("wrong\n"u8)}}"}""";
        await socket.SendAsync(Encoding.UTF8.GetBytes(errors), WebSocketMessageType.Text, endOfMessage: true, http.RequestAborted);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "exit 7", http.RequestAborted);
    }

    private static Task Show(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private sealed class FakeConsole : IShellConsole
    {
        private Action resized = () => { };

        public Pipe Typed { get; } = new();

        public ShownText Shown { get; } = new();

        public ShownText Errors { get; } = new();

        public bool IsRaw { get; private set; }

        public bool IsTerminal { get; init; } = true;

        public bool WasRaw { get; private set; }

        public (int Columns, int Rows) Size { get; private set; } = (100, 40);

        public Stream OpenInput() => Typed.Reader.AsStream();

        public Stream OpenOutput() => Shown;

        public Stream OpenErrors() => Errors;

        public void Resize(int columns, int rows)
        {
            Size = (columns, rows);
            resized();
        }

        public IDisposable EnterRawMode()
        {
            IsRaw = WasRaw = true;
            return new Undo(() => IsRaw = false);
        }

        public IDisposable OnResize(Action resized)
        {
            this.resized = resized;
            return new Undo(() => this.resized = () => { });
        }
    }

    private sealed class Undo(Action action) : IDisposable
    {
        public void Dispose() => action();
    }

    private sealed class ShownText : MemoryStream
    {
        private readonly SemaphoreSlim changed = new(0);
        private readonly StringBuilder text = new();

        public string Text
        {
            get
            {
                lock (text)
                    return text.ToString();
            }
        }

        public async Task WaitFor(string part, CancellationToken cancellation)
        {
            while (!Has(part))
                (await changed.WaitAsync(TimeSpan.FromSeconds(30), cancellation)).ShouldBeTrue($"'{part}' was never shown, but: {text}");
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            lock (text)
                text.Append(Encoding.UTF8.GetString(buffer.Span));
            changed.Release();
            return ValueTask.CompletedTask;
        }

        private bool Has(string part)
        {
            lock (text)
                return text.ToString().Contains(part, StringComparison.Ordinal);
        }
    }
}
