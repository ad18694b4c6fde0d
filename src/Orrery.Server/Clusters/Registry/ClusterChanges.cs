using Orrery.Contracts.Clusters;
using Orrery.Kubernetes;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Endpoints;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Registry;

/// <summary>Registers Kubernetes clusters, reaches them in another way, and forgets them.</summary>
internal sealed class ClusterChanges(ClusterRegistry registry, KubernetesConnections connections, ClusterHost clusters, TimeProvider clock)
{
    private static readonly KubernetesClientOptions FirstCall = new() { Retries = 0, AttemptTimeout = TimeSpan.FromSeconds(10) };

    /// <summary>The cluster has answered once with these credentials when this returns.</summary>
    public async Task<(ClusterRow Cluster, IReadOnlyList<string> Warnings)> Register(ClusterRequest request, FieldValidation validation, Principal caller, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var cluster = new ClusterRow { Id = request.ClusterId ?? "", Backend = BackendFactory.Kubernetes, Instance = ClusterRow.NewInstance(), CreatedAt = clock.GetUtcNow() };
        var others = await registry.All(ct);
        if (!Labels.IsLabel(cluster.Id))
            errors.Add("clusterId", Labels.Shape);
        else if (others.Any(known => known.Id == cluster.Id))
            throw Taken(cluster.Id);
        cluster = await Reached(cluster, request, errors, validation, ct);
        if (cluster.Uid.Length > 0 && others.FirstOrDefault(known => known.Uid == cluster.Uid) is { } same)
            errors.Warnings.Add($"this is the same cluster as '{same.Id}': both count its nodes");
        if (!await registry.Add(cluster, Actor(caller), ct))
            throw Taken(cluster.Id);
        await clusters.Reload(ct);
        return (cluster, errors.Warnings);
    }

    /// <summary>New credentials, or another address of the same cluster: what runs there goes on.</summary>
    public async Task<(ClusterRow Cluster, IReadOnlyList<string> Warnings)> Replace(string id, ClusterRequest request, FieldValidation validation, Principal caller, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var known = await Registered(id, ct);
        if (request.ClusterId is { Length: > 0 } other && other != id)
            errors.Add("clusterId", "cannot be changed");
        var cluster = await Reached(known, request, errors, validation, ct);
        if (!await registry.Replace(cluster, Actor(caller), clock.GetUtcNow(), ct))
            throw NotFound(id);
        await clusters.Reload(ct);
        return (cluster, errors.Warnings);
    }

    public async Task Delete(string id, Principal caller, CancellationToken ct)
    {
        await Registered(id, ct);
        if (await registry.Delete(id, Actor(caller), clock.GetUtcNow(), ct) is > 0 and var left)
            throw ClusterRefusals.Conflict($"Cluster '{id}' still has {left} workspaces; delete them first.");
        await clusters.Reload(ct);
    }

    private async Task<ClusterRow> Registered(string id, CancellationToken ct)
    {
        var known = (await registry.All(ct)).FirstOrDefault(cluster => cluster.Id == id) ?? throw NotFound(id);
        if (known.Backend != BackendFactory.Kubernetes)
            throw ClusterRefusals.Conflict($"Cluster '{id}' is a server's own machine; it is there as long as the server is.");
        if (connections.IsConfigured(id))
            throw ClusterRefusals.Conflict($"Cluster '{id}' is named in the configuration of the server (Clusters:Kubernetes); it is changed there.");
        return known;
    }

    private async Task<ClusterRow> Reached(ClusterRow cluster, ClusterRequest request, FieldErrors errors, FieldValidation validation, CancellationToken ct)
    {
        errors.Unknown("", request.Unknown?.Keys, validation.Strict);
        errors.Printable("context", request.Context, longest: 253);
        var (server, uid) = ("", "");
        if (string.IsNullOrWhiteSpace(request.Kubeconfig))
            errors.Add("kubeconfig", "is required: the text of one, with inline certificates or a token");
        else if (!errors.Any)
            (server, uid) = await Try(request, errors, ct);
        if (cluster.Uid.Length > 0 && uid.Length > 0 && uid != cluster.Uid)
            errors.Add("kubeconfig", $"is of another cluster than '{cluster.Id}' (the namespace kube-system has another uid): what runs would be lost; register it under an id of its own");
        if (errors.Any)
            throw ClusterRefusals.Refused(400, errors.Code, errors.All);
        return cluster with { Server = server, Uid = uid.Length > 0 ? uid : cluster.Uid, Kubeconfig = connections.Wrap(request.Kubeconfig!, cluster.Id), Context = Context(request) };
    }

    private static string? Context(ClusterRequest request) => request.Context is { Length: > 0 } context ? context : null;

    /// <returns>The address of the cluster that has answered, and what tells it from others; "" when it does not say.</returns>
    private static async Task<(string Server, string Uid)> Try(ClusterRequest request, FieldErrors errors, CancellationToken ct)
    {
        try
        {
            using var client = new KubernetesClient(KubeConfig.Parse(request.Kubeconfig!, KubeConfigRules.InlineOnly, Context(request)), FirstCall);
            await client.Nodes.Page(new Selection(), limit: 1, from: null, ct);
            return (client.Server.ToString(), await ClusterIdentity.Read(client, ct));
        }
        catch (KubernetesUnauthorizedException)
        {
            errors.Add("kubeconfig", "the cluster does not know who this is: it refuses the certificate or token");
        }
        catch (KubernetesException error)
        {
            errors.Add("kubeconfig", error.Message);
        }
        return ("", "");
    }

    private static Errors.ApiException Taken(string id) => ClusterRefusals.AlreadyExists($"clusterId: there is a cluster '{id}' already");

    private static Errors.ApiException NotFound(string id) => new(404, "NotFound", $"There is no cluster '{Errors.Refuse.Shorten(id)}'.");

    private static string Actor(Principal caller) => $"user:{caller.UserId}";
}
