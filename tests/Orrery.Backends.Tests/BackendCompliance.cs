using System.Globalization;
using Orrery.Backends.Tests.Support;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Backends;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>What every backend must do, told only through <see cref="IClusterBackend"/>. A new backend inherits this class and gives it a place.</summary>
public abstract partial class BackendCompliance : IAsyncLifetime
{
    private const string Sleeps = "echo up; exec sleep 1000";
    private readonly IBackendPlace place;
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private Watched? opened;

    private protected BackendCompliance(IBackendPlace place) => this.place = place;

    private Watched server => opened!;

    /// <summary>A server asks nothing of a backend before it has told what it has.</summary>
    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(place.Missing is null, place.Missing ?? "");
        opened = new Watched(place.Open());
        await server.Snapshot();
    }

    public async ValueTask DisposeAsync()
    {
        if (opened is null)
            return;
        foreach (var id in made)
            await server.Backend.Remove(id, CancellationToken.None);
        foreach (var id in made)
            await server.Until(id, status => status.Phase == RunPhases.Removed, RunPhases.Removed);
        await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>As after a kill of the server: another object on the same place, which has seen nothing.</summary>
    private async Task Restart(Func<Task>? meanwhile = null)
    {
        await server.DisposeAsync();
        if (meanwhile is not null)
            await meanwhile();
        opened = new Watched(place.Open());
        await server.Snapshot();
    }

    private RunSpec Run(string script, string kind = WorkloadKinds.PyTorchJob, int replicas = 1)
    {
        var id = $"w-{Guid.NewGuid():N}"[..14];
        made.Add(id);
        return At(1, new RunSpec
        {
            WorkloadId = id,
            WorkspaceId = place.Workspace,
            Run = 1,
            Kind = kind,
            EntryPoint = script,
            Image = place.Image,
            Resources = new ReplicaResources(100, 128 << 20, 0, 0, 16 << 20),
            Replicas = [.. Enumerable.Range(0, replicas).Select(rank => new ReplicaSpec(rank, "", place.NodeName))],
            GraceS = 0.5,
        });
    }

    /// <summary>The same as another run.</summary>
    private static RunSpec At(int run, RunSpec spec) => spec with
    {
        Run = run,
        Replicas = [.. spec.Replicas.Select(replica => replica with { PodId = PodId(spec.WorkloadId, run, replica.Rank) })],
    };

    private static PodRef Pod(RunSpec run, int rank = 0) => new(run.WorkloadId, run.WorkspaceId, PodId(run.WorkloadId, run.Run, rank));

    private static string PodId(string id, int run, int rank) => string.Create(CultureInfo.InvariantCulture, $"{id}-{run}-{rank}");

    private Task Apply(RunSpec run) => server.Backend.Apply(run, CancellationToken.None);

    private Task Remove(RunSpec run) => server.Backend.Remove(run.WorkloadId, CancellationToken.None);

    private Task Nothing(RunSpec run) => Watched.Eventually(() => place.Left(run.WorkloadId).Count == 0, $"nothing of {run.WorkloadId} to be left");
}
