using System.Net.WebSockets;
using System.Text;
using Orrery.Contracts.Runs;
using Shouldly;
using Xunit;
using static Orrery.Node.Tests.Support.NodeUnderTest;

namespace Orrery.Node.Tests;

public sealed class ShellTests
{
    [Fact]
    public async Task A_shell_is_inside_the_pod_and_resizes_and_ends()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("dev", "echo up; sleep infinity", WorkloadKinds.Authoring) with
        {
            Env = new Dictionary<string, string> { ["MINE"] = "here" },
        });
        await node.UntilLogged("dev", l => l == "up");
        (await node.Client.Shells("dev", "dev-1-0")).ShouldContain("bash");
        using var shell = await node.Client.OpenShell("dev", "dev-1-0", new ShellRequest("bash") { Columns = 101, Rows = 33 });
        await Type(shell, "stty size; echo $MINE $(id -u) $PWD; echo pid1 $(cat /proc/1/comm); tty\n");
        var seen = await Until(shell, s => s.Contains("/dev/pts/"));
        seen.ShouldContain("33 101");
        seen.ShouldContain("here 100000 /tmp/pod");
        seen.ShouldContain("pid1 sh");
        await shell.SendAsync(Encoding.UTF8.GetBytes("{\"resize\":{\"cols\":55,\"rows\":22}}"), WebSocketMessageType.Text, true, default);
        await Type(shell, "stty size\n");
        await Until(shell, s => s.Contains("22 55"));
        await Type(shell, "exit 3\n");
        await Until(shell, _ => false);
        shell.CloseStatusDescription.ShouldBe("exit 3");
    }

    [Fact]
    public async Task A_command_without_a_terminal_has_pipes_and_an_exit_code()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("dev", "echo up; sleep infinity", WorkloadKinds.Authoring));
        await node.UntilLogged("dev", l => l == "up");
        using var shell = await node.Client.OpenShell("dev", "dev-1-0", new ShellRequest("sh") { Command = "wc -c; echo wrong >&2; exit 7", HasTerminal = false });
        await Type(shell, "12345");
        await Type(shell, "678\n");
        await shell.SendAsync("{\"eof\":true}"u8.ToArray(), WebSocketMessageType.Text, true, default);
        var seen = await Until(shell, _ => false);
        seen.ShouldContain("9\n");
        seen.ShouldContain($$"""{"stderr":"{{Convert.ToBase64String("wrong\n"u8)}}"}""");
        seen.ShouldNotContain("12345");
        shell.CloseStatusDescription.ShouldBe("exit 7");
    }

    [Fact]
    public async Task A_shell_without_a_terminal_reads_its_commands_from_the_pipe()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("dev", "echo up; sleep infinity", WorkloadKinds.Authoring));
        await node.UntilLogged("dev", l => l == "up");
        using var shell = await node.Client.OpenShell("dev", "dev-1-0", new ShellRequest("bash") { HasTerminal = false });
        await Type(shell, "echo $USER; cd /; pwd\n");
        await shell.SendAsync("{\"eof\":true}"u8.ToArray(), WebSocketMessageType.Text, true, default);
        (await Until(shell, _ => false)).ShouldBe("ws\n/\n");
        shell.CloseStatusDescription.ShouldBe("exit 0");
    }

    [Fact]
    public async Task A_shell_keeps_no_pod_alive()
    {
        await using var node = await Start();
        await node.Client.Apply(Run("dev", "echo up; sleep infinity", WorkloadKinds.Authoring) with { GraceS = 15 });
        await node.UntilLogged("dev", l => l == "up");
        using var shell = await node.Client.OpenShell("dev", "dev-1-0", new ShellRequest("bash"));
        await Type(shell, "trap '' TERM HUP; echo re''ady\n");
        await Until(shell, s => s.Contains("ready"));
        await node.Client.Remove("dev");
        await node.Until("dev", RunPhases.Removed).WaitAsync(TimeSpan.FromSeconds(5));
        await Until(shell, _ => false);
    }

    private static Task Type(WebSocket shell, string text) =>
        shell.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Binary, true, default);

    /// <summary>All that is shown until a condition holds or the shell is over.</summary>
    private static async Task<string> Until(WebSocket shell, Func<string, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        var buffer = new byte[4096];
        var seen = "";
        while (!condition(seen))
        {
            var frame = await shell.ReceiveAsync(buffer, limit.Token);
            if (frame.MessageType == WebSocketMessageType.Close)
                break;
            seen += Encoding.UTF8.GetString(buffer, 0, frame.Count);
        }
        return seen;
    }
}
