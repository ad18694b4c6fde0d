using Orrery.Client;
using Orrery.Client.Agents;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Workloads;

namespace Orrery.Agent.Reporting;

/// <summary>Gives up a call, its answer's body included, after a while: a link may break in the middle of either.</summary>
internal sealed class LimitedApi(IAgentApi api, Uri address, TimeProvider time) : IAgentApi
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>A slower link is as good as none.</summary>
    private const double SlowestBytesPerSecond = 10_000;

    public Task<RegisterResponse> Register(RegisterRequest request, CancellationToken cancellation = default) =>
        Limited(ct => api.Register(request, ct), cancellation);

    public Task<AgentWork?> Poll(CancellationToken cancellation = default) => Limited(api.Poll, cancellation);

    public Task<TelemetryResponse> Telemetry(TelemetryRequest request, CancellationToken cancellation = default) =>
        Limited(ct => api.Telemetry(request, ct), cancellation);

    public Task<IReadOnlyList<EventPostResult>> PostEvents(
        string deploymentId, IReadOnlyList<EventPost> events, CancellationToken cancellation = default) =>
        Limited(ct => api.PostEvents(deploymentId, events, ct), cancellation);

    public Task Input(string deploymentId, ProgramFile input, Stream destination, CancellationToken cancellation = default) =>
        Limited(async ct => { await api.Input(deploymentId, input, destination, ct); return true; }, cancellation, input.SizeBytes);

    public Task<ArtifactStored> PutArtifact(string deploymentId, string name, FileInfo file, CancellationToken cancellation = default) =>
        Limited(ct => api.PutArtifact(deploymentId, name, file, ct), cancellation, file.Length);

    public Task<string> DeploymentStatus(string deploymentId, CancellationToken cancellation = default) =>
        Limited(ct => api.DeploymentStatus(deploymentId, ct), cancellation);

    private async Task<T> Limited<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation, long bytes = 0)
    {
        var longest = Longest + TimeSpan.FromSeconds(bytes / SlowestBytesPerSecond);
        using var limit = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new OrreryUnreachableException(address, new TimeoutException($"no answer within {longest.TotalSeconds:0} s", e));
        }
    }
}
