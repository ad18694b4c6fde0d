using System.Text.Json;
using Orrery.Agent.Stages;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;
using Orrery.Planning;
using Orrery.Server.Deployments;
using Orrery.Server.Hosting;

namespace Orrery.Server.Workloads;

/// <summary>Makes of a planned stage what its satellite executes: what must come in, the computing, what goes out.</summary>
internal static class StageWorkBuilder
{
    public const string GroundPlace = "ground";
    private const double SilenceFactor = 2;

    /// <param name="state">The workload.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="stage">The stage, ready to run.</param>
    /// <param name="program">What it runs; null: it is only modelled.</param>
    /// <param name="silenceTimeoutS">The least silence that fails it.</param>
    /// <param name="now">When the deployment is made.</param>
    /// <param name="sharedSatellite">The satellite is of the shared fleet.</param>
    public static DeploymentRow Build(WorkloadState state, Plan plan, StageRow stage, ProgramWork? program, double silenceTimeoutS, DateTimeOffset now, bool sharedSatellite)
    {
        var id = Ids.New("dep");
        var planned = plan.Stages.First(one => one.Index == stage.Idx);
        var steps = Steps(state, plan, planned).ToList();
        var work = new StageWork
        {
            WorkloadId = state.Workload.Id,
            StageIndex = stage.Idx,
            StageCount = plan.Stages.Count,
            Role = stage.Role,
            Round = stage.Round,
            Attempt = stage.Attempt + 1,
            JobId = $"{state.Workload.Id}-{stage.Idx}-{stage.Attempt + 1}",
            WaitForWindows = state.Workload.WaitForWindows,
            Steps = steps,
            Program = program,
        };
        var planId = Ids.New("plan");
        var satellite = stage.SatelliteId ?? GroundPlace;
        var answer = new AgentWork { PlanId = planId, DeploymentId = id, SatelliteId = satellite, PlanData = work, Events = ScriptBuilder.Build(work) };
        return new DeploymentRow
        {
            Id = id,
            PlanId = planId,
            WorkloadId = state.Workload.Id,
            UserId = state.Workload.UserId,
            Stage = stage.Idx,
            Attempt = work.Attempt,
            SatelliteId = satellite,
            SharedSatellite = sharedSatellite,
            Mode = state.Workload.Mode,
            Status = DeploymentStatus.Pending,
            Work = JsonSerializer.Serialize(answer, WireJson.Default.AgentWork),
            LastStep = steps[^1].Id,
            HasProgram = program is not null,
            SilenceTimeoutS = Math.Max(silenceTimeoutS, SilenceFactor * LongestQuiet(work)),
            CreatedAt = now,
            Version = 1,
        };
    }

    private static IEnumerable<StepWork> Steps(WorkloadState state, Plan plan, PlannedStage stage)
    {
        var incoming = plan.Transfers.Where(transfer => transfer.ToStage == stage.Index && IsOurs(state, transfer)).ToList();
        foreach (var (transfer, i) in incoming.Select((transfer, i) => (transfer, i)))
            yield return Step($"input-{i}", transfer);
        yield return new StepWork(
            "compute", "compute", stage.Start, stage.End, Computing(stage), stage.ActivationOutMb, null, null, null);
        foreach (var (transfer, i) in plan.Transfers.Where(transfer => transfer.FromStage == stage.Index).Select((transfer, i) => (transfer, i)))
            yield return Step($"transfer-{i}", transfer);
    }

    /// <summary>The workload's input, what the ground has made, and data of an earlier stage whose satellite got its work before this plan was made.</summary>
    private static bool IsOurs(WorkloadState state, PlannedTransfer transfer)
    {
        if (transfer.FromStage is not { } from)
            return true;
        var sender = state.Stages.First(stage => stage.Idx == from);
        if (sender.Location == GroundPlace)
            return true; // the ground sends nothing by itself: the satellite fetches it
        return state.DeploymentOf(sender) is { } sent && sent.CreatedAt < state.Plan.CreatedAt;
    }

    private static StepWork Step(string id, PlannedTransfer transfer)
    {
        var kind = transfer.Kind switch
        {
            TransferKind.InterSatellite => "isl_transfer",
            TransferKind.Downlink => "downlink",
            TransferKind.Uplink => "uplink",
            _ => "terrestrial",
        };
        return new StepWork(
            id, kind, transfer.Start, transfer.End, (transfer.End - transfer.Start).TotalSeconds, transfer.Mb, transfer.From, transfer.To, transfer.Contact);
    }

    private static double Computing(PlannedStage stage) => stage.Segments.Count > 0
        ? stage.Segments.Sum(segment => (segment.End - segment.Start).TotalSeconds)
        : (stage.End - stage.Start).TotalSeconds;

    /// <summary>The longest time without an event that the plan itself has.</summary>
    private static double LongestQuiet(StageWork work)
    {
        var longest = 0.0;
        DateTimeOffset? before = null;
        foreach (var step in work.Steps)
        {
            var waiting = work.WaitForWindows && before is { } end ? Math.Max(0, (step.PlannedStart - end).TotalSeconds) : 0;
            longest = Math.Max(longest, Math.Max(step.DurationS, waiting));
            before = step.PlannedEnd;
        }
        return longest;
    }
}
