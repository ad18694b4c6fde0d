using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Orrery.Kubernetes.Testing.Api;
using Orrery.Kubernetes.Testing.Controllers;
using Orrery.Kubernetes.Testing.Pods;
using Orrery.Kubernetes.Testing.Store;
using Orrery.Node.Network;

namespace Orrery.Kubernetes.Testing;

/// <summary>A cluster in this process: the API over HTTP, the controllers that make it true, and pods that are processes of this machine.</summary>
public sealed class ApiServerDouble : IAsyncDisposable
{
    /// <summary>An image in which <c>tar</c> cannot be run.</summary>
    public const string ImageWithoutTar = "localhost/bare:1";

    private readonly ApiServerDoubleOptions options;
    private readonly ObjectStore store;
    private readonly Watches watches;
    private readonly Lists lists;
    private readonly ApiHandler handler;
    private readonly Kubelet kubelet;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<PlannedFault> faults = new();
    private readonly Controller[] all;
    private readonly Task controllers;
    private Exception? failure;
    private WebApplication app;

    private ApiServerDouble(ApiServerDoubleOptions options)
    {
        this.options = options;
        store = new ObjectStore(options.Clock);
        watches = new Watches(store, (name, phase) => PodTold?.Invoke(name, phase), options.Clock);
        lists = new Lists(store);
        var deletes = new Deletes(store, options.Clock);
        kubelet = new Kubelet(store, options, options.Clock);
        handler = new ApiHandler([.. ResourceKind.BuiltIn, .. options.Custom], store, lists, watches, new Writes(store, new Admission(store), deletes), deletes, new PodEndpoints(store, kubelet), http => options.Rights.GetValueOrDefault(Token(http)));
        FirstObjects.Make(store, options);
        all =
        [
            new GarbageCollector(store, deletes), new DeploymentController(store), new ReplicaSetController(store, deletes),
            new StatefulSetController(store, deletes), new NodeScheduler(store, options.Clock), new ServiceAccountController(store, options), kubelet,
        ];
        controllers = Task.WhenAll(all.Select(controller => Task.Run(() => controller.Run(stop.Token), CancellationToken.None)));
        app = Build(FreePort.Take()); // it comes back there after an interruption
    }

    /// <summary>Where it listens; the same over <see cref="Interrupt"/>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Name and phase of a pod of which a watch is about to tell that it has changed.</summary>
    public event Action<string, string>? PodTold;

    /// <summary>Each request: method, path with query, in the order of arrival.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<ApiServerDouble> Start(ApiServerDoubleOptions? options = null)
    {
        var server = new ApiServerDouble(options ?? new ApiServerDoubleOptions());
        await server.app.StartAsync();
        server.Address = new Uri(server.app.Urls.Single());
        return server;
    }

    /// <summary>The history is forgotten: versions and continue tokens from before answer 410.</summary>
    public void Compact()
    {
        store.Compact();
        lists.Forget();
    }

    /// <summary>Ends all open watches.</summary>
    public void EndWatches() => watches.EndAll();

    public void SendBookmarks() => watches.SendBookmarks();

    /// <summary>The next requests are answered like this instead.</summary>
    public void Fail(int times, int status, int? retryAfterSeconds = null, bool breaksOff = false)
    {
        for (var i = 0; i < times; i++)
            faults.Enqueue(new PlannedFault(status, retryAfterSeconds, breaksOff));
    }

    /// <summary>The server is out of reach while <paramref name="meanwhile"/> lasts; pods and controllers go on.</summary>
    public async Task Interrupt(Func<Task> meanwhile)
    {
        watches.EndAll();
        await app.DisposeAsync();
        await meanwhile();
        app = Build(Address.Port);
        await app.StartAsync(stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await controllers;
        await kubelet.StopAll();
        watches.EndAll();
        await app.DisposeAsync();
        watches.Dispose();
        stop.Dispose();
        if ((failure ?? Array.Find(all, controller => controller.Fault is not null)?.Fault) is { } wrong)
            throw new InvalidOperationException("The double itself failed.", wrong);
    }

    private WebApplication Build(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromMilliseconds(200));
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (options.Certificate is { } certificate)
            {
                listen.UseHttps(certificate, https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.ClientCertificateValidation = (_, _, _) => true; // who it is, Authenticate asks
                });
            }
        }));
        var built = builder.Build();
        built.UseWebSockets();
        built.Run(Handle);
        return built;
    }

    private async Task Handle(HttpContext http)
    {
        Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
        try
        {
            if (faults.TryDequeue(out var fault))
                await fault.Answer(http);
            else if (Authenticate(http))
                await handler.Handle(http);
            else
                throw new RefusalException(401, "Unauthorized", "Unauthorized");
        }
        catch (RefusalException refusal) when (!http.Response.HasStarted)
        {
            await ApiHandler.Answer(http, refusal.Code, refusal.Status());
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // the reader has gone
        }
        catch (BadHttpRequestException)
        {
            // the sender went in the middle of its request
        }
        catch (Exception wrong)
        {
            failure ??= wrong;
            throw;
        }
    }

    private bool Authenticate(HttpContext http)
    {
        if (options.Tokens is null && options.ClientThumbprint is null)
            return true;
        return options.Tokens?.Contains(Token(http)) == true
            || (options.ClientThumbprint is { } thumbprint && http.Connection.ClientCertificate?.Thumbprint == thumbprint);
    }

    private static string Token(HttpContext http) => http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
}
