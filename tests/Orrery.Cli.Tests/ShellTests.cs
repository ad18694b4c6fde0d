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

        (await running).ShouldBe(ExitCodes.Ok, line.Error);
        console.IsRaw.ShouldBeFalse();
        line.Error.ShouldContain("the shell has ended");
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
        app.MapGet("/api/v1/workloads/train-bcdfg/pods/train-bcdfg-2-1/webshell", async (HttpContext http, string shell, int cols, int rows) =>
        {
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
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "the shell has ended", http.RequestAborted);
        });
        return app;
    }

    private static Task Show(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);

    private sealed class FakeConsole : IShellConsole
    {
        private Action resized = () => { };

        public Pipe Typed { get; } = new();

        public ShownText Shown { get; } = new();

        public bool IsRaw { get; private set; }

        public bool IsTerminal => true;

        public (int Columns, int Rows) Size { get; private set; } = (100, 40);

        public Stream OpenInput() => Typed.Reader.AsStream();

        public Stream OpenOutput() => Shown;

        public void Resize(int columns, int rows)
        {
            Size = (columns, rows);
            resized();
        }

        public IDisposable EnterRawMode()
        {
            IsRaw = true;
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
