using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Options;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;
using Orrery.Contracts.Runs;
using Orrery.Planning;
using Orrery.Server.Artifacts;
using Orrery.Server.Deployments;
using Orrery.Server.Storage;
using Orrery.Server.Workloads.Ground;

namespace Orrery.Server.Workloads.Programs;

/// <summary>What the program of a stage is given: its source, its inputs, its variables, its limits.</summary>
internal sealed class StagePrograms(IDatabase database, ArtifactStore artifacts, ProgramEnv env, IOptions<ProgramOptions> options)
{
    private const long Mb = 1_000_000;
    private const string StatePath = "state/";

    /// <summary>For stages whose inputs are done, by their index, without source and environment; empty: the workload has no program.</summary>
    public async Task<IReadOnlyDictionary<int, ProgramWork>> Of(WorkloadState state, Plan plan, IReadOnlyList<StageRow> ready, CancellationToken ct)
    {
        var works = new Dictionary<int, ProgramWork>();
        if (JsonSerializer.Deserialize(state.Workload.Spec, WireJson.Default.WorkloadRequest)!.Program?.EntryPoint is null)
            return works;
        var brought = await Brought(state.Workload.Id, ct);
        foreach (var stage in ready)
            works[stage.Idx] = await Of(state, plan, stage, brought, ct);
        return works;
    }

    private async Task<ProgramWork> Of(WorkloadState state, Plan plan, StageRow stage, IReadOnlyList<ProgramFile> brought, CancellationToken ct)
    {
        var before = stage.InputStages.ToHashSet();
        var attempts = state.Stages.Where(one => before.Contains(one.Idx)).Select(one => one.DeploymentId).OfType<string>().ToList();
        return new ProgramWork
        {
            Script = "",
            Inputs =
            [
                StageFile.Of(state.Workload, plan, stage),
                .. brought,
                .. (await artifacts.OfDeployments(attempts, ArtifactScope.Output, ct)).Select(row => new ProgramFile($"stage-{row.Stage}/{row.Name}", row.Sha256, row.SizeBytes)),
            ],
            TimeoutS = options.Value.TimeoutS,
            MemoryBytes = options.Value.MemoryMb * Mb,
            OutputBytes = options.Value.OutputMb * Mb,
        };
    }

    /// <summary>The same for a cluster to run: on the ground, or in the place of a simulated satellite.</summary>
    public async Task<GroundStage> OnCluster(WorkloadState state, StageRow stage, DeploymentRow deployment, string workspace, CancellationToken ct)
    {
        var work = JsonSerializer.Deserialize(deployment.Work, WireJson.Default.AgentWork)!.PlanData;
        var program = work.Program is null ? null : env.Complete(state.Workload, work.Program);
        var variables = new Dictionary<string, string>(Variables(state.Workload, work, deployment.SatelliteId), StringComparer.Ordinal);
        foreach (var (name, value) in program?.Env ?? new Dictionary<string, string>())
            variables.TryAdd(name, value);
        return new GroundStage
        {
            OrbitalId = state.Workload.Id,
            DeploymentId = deployment.Id,
            UserId = state.Workload.UserId,
            WorkspaceId = workspace,
            Name = $"{state.Workload.Name ?? state.Workload.Class} stage {stage.Idx}",
            Script = program?.Script ?? $"exec sleep {Modelled(state.Workload, stage)}",
            Image = JsonSerializer.Deserialize(state.Workload.Spec, WireJson.Default.WorkloadRequest)!.Program?.Image,
            Env = variables,
            Files = program is null ? null : [.. program.Inputs.Select(file => new RunFile($"in/{file.Path}", file.Sha256, file.SizeBytes, file.Text)), .. await Remembered(deployment, ct)],
            TimeoutS = program is null ? 0 : (long)program.TimeoutS,
        };
    }

    public static IEnumerable<KeyValuePair<string, string>> Variables(WorkloadRow workload, StageWork work, string place) =>
    [
        new("ORRERY_WORKLOAD_ID", workload.Id),
        new("ORRERY_STAGE_INDEX", work.StageIndex.ToString()),
        new("ORRERY_STAGE_COUNT", work.StageCount.ToString()),
        new("ORRERY_ROLE", work.Role),
        new("ORRERY_ROUND", work.Round.ToString()),
        new("ORRERY_ATTEMPT", work.Attempt.ToString()),
        new("ORRERY_PLACE", place),
    ];

    private async Task<IReadOnlyList<ProgramFile>> Brought(string workloadId, CancellationToken ct) => await database.Read(
        async db => (await db.QueryAsync<(string Name, string Sha256, long Size)>(
            "SELECT name, sha256, size_bytes FROM program_inputs WHERE workload_id = @workloadId ORDER BY name", new { workloadId }))
            .Select(row => new ProgramFile(row.Name, row.Sha256, row.Size)).ToList(),
        ct);

    /// <summary>What the last stage at the same place left for the next.</summary>
    private async Task<IEnumerable<RunFile>> Remembered(DeploymentRow deployment, CancellationToken ct)
    {
        var rows = await database.Read(
            db => db.QueryAsync<ArtifactRow>(
                """
                SELECT a.* FROM artifacts a JOIN deployments d ON d.id = a.deployment_id
                WHERE a.workload_id = @WorkloadId AND a.scope = 'state' AND d.satellite_id = @SatelliteId AND d.status = 'completed' AND a.stage < @Stage
                """,
                new { deployment.WorkloadId, deployment.SatelliteId, deployment.Stage }),
            ct);
        return rows.GroupBy(row => row.Stage).MaxBy(stage => stage.Key)?.Select(row => new RunFile(StatePath + row.Name, row.Sha256, row.SizeBytes)) ?? [];
    }

    /// <summary>The modelled time in seconds of the wall; of a simulated mission as its speed makes it.</summary>
    private static string Modelled(WorkloadRow workload, StageRow stage)
    {
        var planned = (stage.PlannedEnd - stage.PlannedStart).TotalSeconds;
        return (workload.IsSimulated ? planned / workload.Speed : planned).ToString("0.###");
    }
}
