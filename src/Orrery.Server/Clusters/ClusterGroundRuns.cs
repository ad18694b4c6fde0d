using System.Text;
using Microsoft.Extensions.Options;
using Orrery.Contracts.Runs;
using Orrery.Contracts.Workloads;
using Orrery.Server.Clusters.Backends;
using Orrery.Server.Clusters.Backends.Kubernetes.Files;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Errors;
using Orrery.Server.Identity;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Ground;
using Orrery.Server.Workloads.Programs;

namespace Orrery.Server.Clusters;

/// <summary>Ground stages of orbital workloads as cluster workloads of their users.</summary>
internal sealed class ClusterGroundRuns(
    IdentityStore identity, WorkspaceDirectory workspaces, ClusterStore store, ClusterHost clusters, EnvBox env, IDatabase database, IOptions<ClusterOptions> options,
    IOptions<ProgramOptions> programs, TimeProvider clock)
    : IGroundRuns
{
    private const string JoinCpu = "500m";
    private const string JoinMemory = "512Mi";
    private const long TtlS = 60;
    private const long Mb = 1_000_000;

    /// <summary>So long what a program left can be read: it is kept elsewhere within moments.</summary>
    private const long LeftFilesTtlS = 3600;

    public async Task<string> Workspace(WorkloadRequest request, string userId, CancellationToken ct)
    {
        var name = request.Placement?.Workspace ?? options.Value.GroundWorkspace;
        var user = await identity.FindUser(userId, ct);
        var workspace = workspaces.Find(name);
        var may = workspace is not null && user is not null
            && (user.Role == Roles.Admin || workspace.Admins.Contains(userId) || workspace.Members.Contains(userId) || workspace.Members.Contains(Workspaces.Workspace.Everybody));
        if (may && IsOnKubernetes(workspace!) && Image(request.Program?.Image).Length == 0)
            throw Refuse.Invalid("program.image", $"is required where ground stages run on a Kubernetes cluster, as those of workspace '{name}' do");
        return may ? name : throw Refuse.Invalid("placement.workspace", $"there is no workspace '{Refuse.Shorten(name)}' that you may use; ground stages run in one");
    }

    public async Task<string> Create(DbWork work, GroundStage stage, DateTimeOffset now)
    {
        var workspace = workspaces.Find(stage.WorkspaceId)!;
        var user = await identity.FindUser(stage.UserId, CancellationToken.None);
        var spec = Spec(stage, IsOnKubernetes(workspace) ? PodFolders.Overhead : 0);
        var id = WorkloadNames.NewId(spec.DisplayName, spec.Kind);
        var owner = new ClusterWorkloadRow { ClusterId = workspace.ClusterId, UserId = stage.UserId, UserName = user?.Name ?? "" };
        var row = WorkloadRows.New(id, spec, stage.Env, env, owner, now) with { OrbitalId = stage.OrbitalId, DeploymentId = stage.DeploymentId };
        if (!(await WorkloadInsert.Insert(work, [row]))[0])
            throw new InvalidOperationException($"The id {id} is taken; the stage will be looked at again.");
        await WorkloadExtras.Insert(work, [row]);
        return id;
    }

    public async Task Created(string clusterWorkloadId)
    {
        if (await store.Find(clusterWorkloadId, CancellationToken.None) is not { } row)
            return;
        store.Added([row]);
        clusters.Created(row.ClusterId, [row]);
    }

    public async Task<GroundProgress?> Find(string clusterWorkloadId, CancellationToken ct)
    {
        if (await store.Find(clusterWorkloadId, ct) is not { DeletingAt: null } row)
            return null;
        var succeeded = row.IsEnded ? row.Phase == ClusterPhase.Succeeded : (bool?)null;
        var code = succeeded == false && await store.Pods(row.Id, ct) is [.., var last] ? last.ExitCode : null;
        return new GroundProgress(row.Phase == ClusterPhase.Running, succeeded, row.Message.Length > 0 ? row.Message : row.Phase, code);
    }

    public Task<string?> Of(string deploymentId, CancellationToken ct) => database.Read(
        db => Dapper.SqlMapper.QueryFirstOrDefaultAsync<string>(db, "SELECT id FROM cluster_workloads WHERE deployment_id = @deploymentId", new { deploymentId }), ct);

    public Task StopLeftOver(CancellationToken ct) => StopThose(
        """
        SELECT c.* FROM cluster_workloads c JOIN deployments d ON d.id = c.deployment_id
        WHERE c.deployment_id IS NOT NULL AND c.ended_at IS NULL AND c.ending IS NULL AND d.status IN ('cancelled', 'failed')
        """,
        ct);

    private async Task StopThose(string sql, CancellationToken ct)
    {
        var rows = await database.Read(async db => (await Dapper.SqlMapper.QueryAsync<ClusterWorkloadRow>(db, sql)).ToList(), ct);
        foreach (var row in rows)
        {
            var change = new WorkloadChange(row, clock.GetUtcNow());
            change.After = row with { Ending = EndingReason.Stop, EndingMessage = "its orbital workload does not need it any more" };
            change.Event("cluster_workload.stop_requested", new { orbital = row.OrbitalId });
            if ((await store.Commit([change], ct)).Count == 0)
                clusters.Touch(row);
        }
    }

    /// <summary>Bytes for what it is given, what it leaves, and as much again to work with.</summary>
    private long Room(IReadOnlyList<Contracts.Runs.RunFile> files) => (2 * files.Sum(file => file.SizeBytes)) + (3 * programs.Value.OutputMb * Mb);

    private bool IsOnKubernetes(Workspace workspace) => clusters.BackendOf(workspace.ClusterId) == BackendFactory.Kubernetes;

    private string Image(string? wanted) => wanted ?? programs.Value.Image;

    /// <param name="stage">Whose run it is.</param>
    /// <param name="overhead">Bytes of memory that a program with files needs for what is beside it.</param>
    private ClusterSpec Spec(GroundStage stage, long overhead)
    {
        var name = new string([.. stage.Name.Where(letter => !char.IsControl(letter)).Take(CreateRules.LongestName)]);
        var errors = new FieldErrors();
        return ResourceRules.Read(
            new ClusterSpec
            {
                DisplayName = WorkloadNames.Stem(name, WorkloadKinds.PyTorchJob).Length > 0 ? name : "ground stage",
                Description = $"ground stage of {stage.OrbitalId}",
                WorkspaceId = stage.WorkspaceId,
                Kind = WorkloadKinds.PyTorchJob,
                Version = "v1",
                Replicas = 1,
                Cpu = stage.Files is null ? JoinCpu : programs.Value.Cpu,
                Memory = stage.Files is null ? JoinMemory : $"{(programs.Value.MemoryMb * Mb) + overhead}",
                EphemeralStorage = stage.Files is null ? "" : $"{Room(stage.Files) / Mb}M",
                Image = Image(stage.Image),
                TimeoutS = stage.TimeoutS,
                Files = stage.Files,
                EntryPoint = Convert.ToBase64String(Encoding.UTF8.GetBytes(stage.Script)),
                TtlS = stage.Files is null ? TtlS : LeftFilesTtlS,
            },
            "resource.",
            errors);
    }
}
