using System.Text.Json;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Loop;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;

namespace Orrery.Server.Tests.Clusters.Loop;

/// <summary>Workloads as the loop has them in memory, for its pure steps.</summary>
internal static class Entries
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A live one in its first run, unless <paramref name="change"/> says otherwise.</summary>
    public static ClusterWorkloadRow Row(Func<ClusterWorkloadRow, ClusterWorkloadRow>? change = null, int maxRetry = 0, string kind = WorkloadKinds.PyTorchJob)
    {
        var row = new ClusterWorkloadRow
        {
            Id = "job",
            Kind = kind,
            Run = 1,
            Held = Holding.Live,
            CreatedAt = Now.AddHours(-1),
            Spec = JsonSerializer.Serialize(new ClusterSpec { Kind = kind, Replicas = 1, MaxRetry = maxRetry, TtlS = 60 }, ClusterSpecJson.Default.ClusterSpec),
        };
        return change is null ? row : change(row);
    }

    public static WorkloadEntry Entry(ClusterWorkloadRow row, string? phase = null, int run = 1, string message = "", DependencyState? dependencies = null) => new(row)
    {
        Status = phase is null ? null : Status(phase, run, message),
        Dependencies = dependencies ?? DependencyState.None,
    };

    public static RunStatus Status(string phase, int run = 1, string message = "") => new() { WorkloadId = "job", Run = run, Phase = phase, Message = message };

    /// <summary>Phase, what is held, why it ends, run: as one line.</summary>
    public static string Line(WorkloadChange? change) => change switch
    {
        null => "-",
        { Delete: true } => "deleted",
        _ => $"{change.After.Phase} {change.After.Held} {change.After.Ending ?? "-"}",
    };

    /// <summary>A row from a phase, what is held, why it ends.</summary>
    public static ClusterWorkloadRow From(string phase, string held, string ending) => Row(row => row with
    {
        Phase = phase,
        Held = held,
        Ending = ending == "-" ? null : ending,
        EndedAt = ClusterPhase.IsEnded(phase) ? Now.AddSeconds(-10) : null,
        RunningSince = ClusterPhase.Counts(phase) ? Now.AddSeconds(-5) : null,
    });
}
