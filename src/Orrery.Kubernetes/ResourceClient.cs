using System.Runtime.CompilerServices;
using System.Text.Json;
using Orrery.Kubernetes.Http;
using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Watching;

namespace Orrery.Kubernetes;

/// <summary>All that can be done with one kind of object. A namespace is null for kinds that have none.</summary>
/// <remarks>Every call throws <see cref="KubernetesApiException"/> (one of its subclasses) when the server refuses, <see cref="KubernetesUnreachableException"/> when no answer comes, and <see cref="KubernetesProtocolException"/> when an answer cannot be read.</remarks>
public sealed class ResourceClient<T>
    where T : IKubernetesObject
{
    private readonly ApiConnection connection;

    internal ResourceClient(ApiConnection connection, ResourceType<T> type) => (this.connection, Type) = (connection, type);

    public ResourceType<T> Type { get; }

    /// <exception cref="KubernetesNotFoundException">There is no such object.</exception>
    public Task<T> Get(string? ns, string name, CancellationToken ct) => connection.Send(ApiCall.Get(Type.Path(ns, name)), Type.Item, ct);

    /// <returns>Null when there is no such object.</returns>
    public async Task<T?> Find(string? ns, string name, CancellationToken ct)
    {
        try
        {
            return await Get(ns, name, ct);
        }
        catch (KubernetesNotFoundException)
        {
            return default;
        }
    }

    /// <summary>One page.</summary>
    /// <param name="selection">Which objects.</param>
    /// <param name="limit">Objects a page.</param>
    /// <param name="from">The continue token of the page before.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="KubernetesGoneException">The continue token is too old.</exception>
    public Task<ObjectList<T>> Page(Selection selection, int limit, string? from, CancellationToken ct)
    {
        var query = new QueryText()
            .Add("limit", (long)limit)
            .Add("continue", from)
            .Add("labelSelector", selection.LabelSelector)
            .Add("fieldSelector", selection.FieldSelector);
        return connection.Send(ApiCall.Get(Type.Path(selection.Namespace)) with { Query = query }, Type.List, ct);
    }

    /// <summary>All pages.</summary>
    /// <exception cref="KubernetesGoneException">It took so long that the server has forgotten where it was.</exception>
    public async IAsyncEnumerable<ObjectList<T>> Pages(Selection selection, [EnumeratorCancellation] CancellationToken ct)
    {
        string? from = null;
        do
        {
            var page = await Page(selection, connection.Options.PageSize, from, ct);
            yield return page;
            from = page.Metadata.Continue is { Length: > 0 } next ? next : null;
        }
        while (from is not null);
    }

    /// <summary>Everything there is, then each change, without end. A watch that the server ends is resumed where it was; a version that it has forgotten (410) leads to another <see cref="WatchEvent{T}.Listed"/>.</summary>
    /// <exception cref="KubernetesUnreachableException">The server is out of reach, after all retries: begin again.</exception>
    public IAsyncEnumerable<WatchEvent<T>> Watch(Selection selection, CancellationToken ct) => new Watcher<T>(connection, this, selection).Follow(ct);

    /// <exception cref="KubernetesAlreadyExistsException">An object of that name is there.</exception>
    /// <exception cref="KubernetesInvalidException">It is not valid.</exception>
    public Task<T> Create(T item, CancellationToken ct) =>
        connection.Send(new ApiCall(HttpMethod.Post, Type.Path(item.Metadata.Namespace)) { Query = Managed(), Body = Bytes(item) }, Type.Item, ct);

    /// <summary>Server-side apply: what <paramref name="item"/> says is made true, what this manager said before and does not say now is taken back.</summary>
    /// <param name="item">Only what this manager wants to own.</param>
    /// <param name="force">Takes fields over from other managers.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="KubernetesConflictException">Another manager owns a field with another value; the causes name them.</exception>
    public Task<T> Apply(T item, bool force, CancellationToken ct)
    {
        var name = item.Metadata.Name ?? throw new ArgumentException("What is applied has a name.", nameof(item));
        var call = new ApiCall(HttpMethod.Patch, Type.Path(item.Metadata.Namespace, name))
        {
            Query = Managed().Add("force", force),
            Body = Bytes(item),
            ContentType = "application/apply-patch+yaml", // JSON is YAML
            MayRepeat = true,
        };
        return connection.Send(call, Type.Item, ct);
    }

    /// <param name="ns">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="patch">The change.</param>
    /// <param name="subresource">Like <c>status</c>; null for the object itself.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="KubernetesNotFoundException">There is no such object.</exception>
    public Task<T> Patch(string? ns, string name, Patch patch, string? subresource, CancellationToken ct)
    {
        var path = Type.Path(ns, name) + (subresource is null ? "" : "/" + subresource);
        var call = new ApiCall(HttpMethod.Patch, path) { Query = Managed(), Body = patch.Body, ContentType = patch.ContentType, MayRepeat = patch.MayRepeat };
        return connection.Send(call, Type.Item, ct);
    }

    /// <summary>Asks for its deletion; it may stay for a while (grace period, finalizers, foreground propagation).</summary>
    /// <exception cref="KubernetesNotFoundException">There is no such object; also after a retry whose first attempt did it.</exception>
    /// <exception cref="KubernetesConflictException">A precondition does not hold.</exception>
    public async Task Delete(string? ns, string name, DeleteOptions delete, CancellationToken ct)
    {
        using var done = await connection.Open(DeleteCall(Type.Path(ns, name), new QueryText(), delete), ct);
    }

    /// <summary>Asks for the deletion of all that a selection has.</summary>
    public async Task DeleteAll(Selection selection, DeleteOptions delete, CancellationToken ct)
    {
        var query = new QueryText().Add("labelSelector", selection.LabelSelector).Add("fieldSelector", selection.FieldSelector);
        using var done = await connection.Open(DeleteCall(Type.Path(selection.Namespace), query, delete), ct);
    }

    private static ApiCall DeleteCall(string path, QueryText query, DeleteOptions delete) => new(HttpMethod.Delete, path)
    {
        Query = query,
        Body = JsonSerializer.SerializeToUtf8Bytes(delete, KubernetesJson.Default.DeleteOptions),
        MayRepeat = true,
    };

    private byte[] Bytes(T item) => JsonSerializer.SerializeToUtf8Bytes(item, Type.Item);

    private QueryText Managed() => new QueryText().Add("fieldManager", connection.Options.FieldManager);
}
