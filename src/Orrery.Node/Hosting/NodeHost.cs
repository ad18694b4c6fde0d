using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using Orrery.Node.Posix;
using Orrery.Node.Protocol;
using Orrery.Node.Runs;
using Orrery.Node.Shells;

namespace Orrery.Node.Hosting;

/// <summary>A node in this process. Ending it ends no pod: the next node of the folder adopts them.</summary>
public sealed class NodeHost : IAsyncDisposable
{
    private readonly IDisposable held;
    private readonly NodeServices node;
    private readonly RunRegistry runs;
    private readonly WebApplication web;
    private readonly SafeFileHandle directory;
    private readonly WakePipe wakes;

    private NodeHost(IDisposable held, NodeServices node, RunRegistry runs, WebApplication web, SafeFileHandle directory, WakePipe wakes) =>
        (this.held, this.node, this.runs, this.web, this.directory, this.wakes) = (held, node, runs, web, directory, wakes);

    /// <summary>Starts to serve the folder's pods.</summary>
    /// <param name="dataFolder">The server's; the node's own folder is <c>node</c> in it.</param>
    /// <param name="options">Durations and sizes.</param>
    /// <param name="clock">The wall clock without.</param>
    /// <exception cref="NodeException">Another node serves the folder.</exception>
    public static async Task<NodeHost> Start(string dataFolder, NodeOptions? options = null, TimeProvider? clock = null)
    {
        var folder = new NodeFolder(dataFolder);
        folder.Create();
        var hold = NodeLock.TryTake(folder) ?? throw new NodeException($"another node serves {folder.Data}.");
        NodeServices? services = null;
        WakePipe? pipe = null;
        try
        {
            services = new NodeServices(folder, options ?? new NodeOptions(), clock ?? TimeProvider.System);
            var opened = Files.OpenDirectory(folder.Root);
            var application = Build(services, opened);
            var registry = application.Services.GetRequiredService<RunRegistry>();
            pipe = new WakePipe(folder, id => registry.Find(id)?.Wake());
            registry.Recover();
            await Listen(application, folder);
            return new(hold, services, registry, application, opened, pipe);
        }
        catch
        {
            pipe?.Dispose();
            services?.Dispose();
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Until it is asked to exit, by signal or by request.</summary>
    public Task WaitForShutdown(CancellationToken cancellation = default) => web.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        wakes.Dispose();
        await web.StopAsync();
        await web.DisposeAsync(); // the workloads' actors too, which the container made
        node.Dispose();
        if (runs.IsEmpty)
        {
            node.Machine.Bridge?.Remove();
            node.Machine.Cgroups.RemoveAll();
        }
        File.Delete(node.Folder.Socket);
        directory.Dispose();
        held.Dispose();
    }

    private static WebApplication Build(NodeServices services, SafeFileHandle opened)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, NodeJson.Default));
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.ListenUnixSocket(NodeSocket.ShortPath(opened));
        });
        builder.Services.AddSingleton(services);
        builder.Services.AddSingleton(_ => new RunStore(services.Folder, services.Options, services.Clock));
        builder.Services.AddSingleton<StatusFeed>();
        builder.Services.AddSingleton<RunRegistry>();
        builder.Services.AddSingleton<ShellOpener>();
        var application = builder.Build();
        application.UseWebSockets();
        application.MapRuns();
        application.MapShells();
        return application;
    }

    private static async Task Listen(WebApplication application, NodeFolder folder)
    {
        File.Delete(folder.Socket); // left by a node that was killed; the lock says that it is dead
        await application.StartAsync();
        File.SetUnixFileMode(folder.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
