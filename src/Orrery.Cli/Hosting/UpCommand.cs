using System.CommandLine;
using Orrery.Cli.Connection;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Hosting;

internal static class UpCommand
{
    public static Command Create(Terminal terminal)
    {
        var server = new ServerOptions();
        var command = new Command("up", "Start the server and stay until Ctrl-C");
        server.AddTo(command);
        command.Runs(terminal, async (context, cancellation) =>
        {
            await using var running = await RunningServer.Start(server.Read(context.Options, terminal), cancellation);
            using var here = RunningHere.Tell(terminal, running.Folder.Path);
            terminal.Console.Write(Tables.Facts(Places(running)));
            await running.WaitForShutdown(cancellation);
        });
        return command;
    }

    /// <summary>Where to go from here.</summary>
    public static (string Name, string Value)[] Places(RunningServer running) =>
    [
        ("API", running.Address.ToString().TrimEnd('/')),
        ("docs", new Uri(running.Address, "/docs").ToString()),
        ("key", $"in {running.Folder.KeyFile}"),
        ("stop", "Ctrl-C"),
    ];
}
