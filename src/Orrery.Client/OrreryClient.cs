using System.Net;
using Orrery.Client.Clusters;
using Orrery.Client.Deployments;
using Orrery.Client.Fleet;
using Orrery.Client.Http;
using Orrery.Client.Identity;
using Orrery.Client.Workloads;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;

namespace Orrery.Client;

/// <summary>An Orrery server, as its users see it.</summary>
/// <example>
/// <code>
/// using var orrery = new OrreryClient(new OrreryClientOptions { BaseAddress = new("http://127.0.0.1:7070"), ApiKey = key });
/// var preview = await orrery.Workloads.Preview(workload);
/// var submitted = await orrery.Workloads.Submit(workload);
/// await foreach (var happened in orrery.Workloads.FollowEvents(submitted.Id))
///     Console.WriteLine(happened.EventType);
/// </code>
/// </example>
public sealed class OrreryClient : IDisposable
{
    private readonly ApiConnection connection;

    public OrreryClient(OrreryClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        connection = new ApiConnection(options, Credentials.Bearer(options.ApiKey));
        Workloads = new WorkloadsClient(connection);
        Deployments = new DeploymentsClient(connection, options.ApiKey);
        Fleet = new FleetClient(connection);
        Clusters = new ClustersClient(connection);
        Keys = new KeysClient(connection);
        Users = new UsersClient(connection);
    }

    public WorkloadsClient Workloads { get; }

    public DeploymentsClient Deployments { get; }

    public FleetClient Fleet { get; }

    /// <summary>Workloads that run on clusters, their pods, their workspaces.</summary>
    public ClustersClient Clusters { get; }

    public KeysClient Keys { get; }

    public UsersClient Users { get; }

    /// <summary>The server's address, without <c>/v1</c>.</summary>
    public Uri Address => connection.Root;

    public Task<PingResponse> Ping(CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Get("/v1/ping"), WireJson.Default.PingResponse, cancellation);

    /// <summary>Whether the server takes work now (<c>/readyz</c>), after the retries of a call.</summary>
    public async Task<bool> IsReady(CancellationToken cancellation = default)
    {
        try
        {
            await connection.Send(ApiRequest.Get("/readyz"), cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OrreryApiException e) when (e.Status == HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }
    }

    public void Dispose() => connection.Dispose();
}
