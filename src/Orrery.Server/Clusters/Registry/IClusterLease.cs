using Orrery.Server.Storage;

namespace Orrery.Server.Clusters.Registry;

/// <summary>The right to act on a cluster: one server has it at a time. The others look on.</summary>
internal interface IClusterLease
{
    bool Acts { get; }

    /// <summary>Returns when the right is lost after it was had; it is not given back.</summary>
    /// <param name="gained">Told when it is had.</param>
    /// <param name="ct">Ends the keeping.</param>
    Task Keep(Action gained, CancellationToken ct);

    /// <summary>In the transaction of what is written by this right.</summary>
    /// <exception cref="LeaseLostException">Another server has it.</exception>
    Task Check(DbWork work);

    /// <summary>Lets another server have it at once.</summary>
    Task Release();
}

/// <summary>Another server acts on the cluster by now.</summary>
internal sealed class LeaseLostException(string clusterId) : Exception($"Another server acts on cluster '{clusterId}' by now.");

/// <summary>Nobody else could act on it.</summary>
internal sealed class OwnLease : IClusterLease
{
    public static OwnLease Instance { get; } = new();

    public bool Acts => true;

    public Task Keep(Action gained, CancellationToken ct) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);

    public Task Check(DbWork work) => Task.CompletedTask;

    public Task Release() => Task.CompletedTask;
}
