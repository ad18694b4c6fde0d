using Orrery.Contracts.Runs;
using Orrery.Contracts.Workloads;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads.Ground;

/// <summary>What orbital workloads need of the clusters: to run a ground stage, and to hear how it went.</summary>
internal interface IGroundRuns
{
    /// <summary>The workspace where a workload's ground stages run: the one that it names, or the configured one.</summary>
    /// <param name="request">The workload.</param>
    /// <param name="userId">Whose it is.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="Errors.ApiException">validation_error: there is none such, the user may not run there, or an image is wanted there and not named.</exception>
    Task<string> Workspace(WorkloadRequest request, string userId, CancellationToken ct);

    /// <summary>Writes the cluster workload of a stage inside a transaction.</summary>
    /// <returns>Its id.</returns>
    Task<string> Create(DbWork work, GroundStage stage, DateTimeOffset now);

    /// <summary>After the commit: lists have it, and its cluster looks at it.</summary>
    Task Created(string clusterWorkloadId);

    Task<GroundProgress?> Find(string clusterWorkloadId, CancellationToken ct);

    /// <summary>The cluster workload of an attempt, if it was created.</summary>
    Task<string?> Of(string deploymentId, CancellationToken ct);

    /// <summary>Stops those whose attempt is over although they are not.</summary>
    Task StopLeftOver(CancellationToken ct);
}

/// <summary>One attempt of a ground stage.</summary>
internal sealed record GroundStage
{
    public required string OrbitalId { get; init; }
    public required string DeploymentId { get; init; }
    public required string UserId { get; init; }
    public required string WorkspaceId { get; init; }
    public required string Name { get; init; }

    /// <summary>Shell source.</summary>
    public required string Script { get; init; }

    /// <summary>Null: the server's own choice, where one is wanted at all.</summary>
    public string? Image { get; init; }

    public required IReadOnlyDictionary<string, string> Env { get; init; }

    /// <summary>What its program is given, and that what it leaves is kept; null: nothing of the kind.</summary>
    public IReadOnlyList<RunFile>? Files { get; init; }

    /// <summary>Seconds after which it is ended; 0: never.</summary>
    public long TimeoutS { get; init; }
}

/// <param name="IsRunning">Its process has started.</param>
/// <param name="Succeeded">True or false once it has ended; null before.</param>
/// <param name="Message">Why it failed.</param>
/// <param name="ExitCode">Of its process, when it failed.</param>
internal sealed record GroundProgress(bool IsRunning, bool? Succeeded, string Message, int? ExitCode);
