using Orrery.Client.Http;
using Orrery.Contracts.Identity;
using Orrery.Contracts.Json;

namespace Orrery.Client.Identity;

/// <summary>Users; for admins.</summary>
public sealed class UsersClient
{
    private const string Route = "/api/users";

    private readonly ApiConnection connection;

    internal UsersClient(ApiConnection connection) => this.connection = connection;

    public async Task<IReadOnlyList<UserView>> List(CancellationToken cancellation = default) =>
        (await connection.Send(ApiRequest.Get(Route), WireJson.Default.UserList, cancellation).ConfigureAwait(false)).Users;

    public Task<UserView> Create(CreateUserRequest request, CancellationToken cancellation = default) =>
        connection.Send(ApiRequest.Post(Route, request, WireJson.Default.CreateUserRequest), WireJson.Default.UserView, cancellation);
}
