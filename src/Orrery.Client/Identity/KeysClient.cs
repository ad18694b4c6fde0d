using Orrery.Client.Http;
using Orrery.Contracts.Identity;
using Orrery.Contracts.Json;

namespace Orrery.Client.Identity;

/// <summary>API keys: one's own, or everybody's for admins.</summary>
public sealed class KeysClient
{
    private const string Route = "/api/keys";

    private readonly ApiConnection connection;

    internal KeysClient(ApiConnection connection) => this.connection = connection;

    public async Task<IReadOnlyList<KeyView>> List(CancellationToken cancellation = default) =>
        (await connection.Send(ApiRequest.Get(Route), WireJson.Default.KeyList, cancellation).ConfigureAwait(false)).Keys;

    /// <summary>The answer holds the secret, which cannot be had again; a repeat would make a second key.</summary>
    public Task<CreatedKey> Create(CreateKeyRequest request, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Post(Route, request, WireJson.Default.CreateKeyRequest), WireJson.Default.CreatedKey, cancellation);

    public Task Revoke(string id, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Delete($"{Route}/{QueryText.Segment(id)}"), cancellation);
}
