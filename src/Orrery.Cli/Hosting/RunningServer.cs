using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Orrery.Cli.Connection;
using Orrery.Server.Hosting;

namespace Orrery.Cli.Hosting;

/// <summary>A server in this process.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private RunningServer(WebApplication application, DataFolder folder) => (this.application, Folder) = (application, folder);

    public DataFolder Folder { get; }

    /// <summary>The first address, as a client of this machine calls it.</summary>
    public Uri Address => new(LocalAddress.Of(application.Urls.First()));

    /// <exception cref="CommandException">It cannot start; the message says why and what to do.</exception>
    public static async Task<RunningServer> Start(ServerSettings settings, CancellationToken cancellation)
    {
        CheckAddresses(settings);
        WebApplication? server = null;
        try
        {
            server = await OrreryHost.Build(settings);
            await server.StartAsync(cancellation);
            return new(server, new DataFolder(settings.DataFolder));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (server is not null)
                await server.DisposeAsync();
            throw new CommandException(ExitCodes.BadInput, Explain(e, settings));
        }
    }

    public Task WaitForShutdown(CancellationToken cancellation) => application.WaitForShutdownAsync(cancellation);

    /// <summary>Lets what runs end first.</summary>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
    }

    /// <summary>Before anything is opened: a server that has begun and must end at once fills the screen with what that breaks off.</summary>
    private static void CheckAddresses(ServerSettings settings)
    {
        foreach (var url in settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(LocalAddress.Of(url), UriKind.Absolute, out var address) || address.Port <= 0 || !IPAddress.TryParse(address.Host == "localhost" ? "127.0.0.1" : address.Host.Trim('[', ']'), out var ip))
                continue; // the server says what it thinks of it
            using var probe = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(ip, address.Port));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new CommandException(ExitCodes.BadInput, IsTaken(settings));
            }
            catch (SocketException)
            {
                // the server meets it too, and says so
            }
        }
    }

    private static string IsTaken(ServerSettings settings) =>
        $"{settings.Urls} is taken: a server may be running there already (try `orrery jobs list`). " +
        "Stop it, or listen elsewhere with --urls http://127.0.0.1:7071 (port 0 takes a free one).";

    private static string Explain(Exception error, ServerSettings settings) => error switch
    {
        IOException { InnerException: AddressInUseException } => IsTaken(settings),
        _ => $"the server could not start: {error.Message}",
    };
}
