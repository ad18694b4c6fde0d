using Orrery.Server.Workloads;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Workloads;

public class WorkloadPhaseTests
{
    /// <summary>The whole machine: every phase under every trigger; "-" is no move.</summary>
    [Theory]
    [InlineData("submitted", "scheduling", "-", "-", "-", "failed", "timed_out", "canceled")]
    [InlineData("scheduling", "-", "dispatching", "-", "-", "failed", "timed_out", "canceled")]
    [InlineData("dispatching", "-", "-", "awaiting_report", "-", "failed", "timed_out", "canceled")]
    [InlineData("awaiting_report", "-", "-", "-", "done", "failed", "timed_out", "canceled")]
    [InlineData("done", "-", "-", "-", "-", "-", "-", "-")]
    [InlineData("failed", "-", "-", "-", "-", "-", "-", "-")]
    [InlineData("timed_out", "-", "-", "-", "-", "-", "-", "-")]
    [InlineData("canceled", "-", "-", "-", "-", "-", "-", "-")]
    public void Every_phase_moves_as_the_table_says(string phase, params string[] expected)
    {
        foreach (var (trigger, i) in Enum.GetValues<WorkloadTrigger>().Select((trigger, i) => (trigger, i)))
        {
            var moves = WorkloadPhase.Transitions.TryMove(phase, trigger, out var next);
            (moves ? next : "-").ShouldBe(expected[i], $"{phase} on {trigger}");
        }
    }

    [Theory]
    [InlineData("submitted", "RUNNING")]
    [InlineData("awaiting_report", "RUNNING")]
    [InlineData("done", "COMPLETED")]
    [InlineData("failed", "FAILED")]
    [InlineData("timed_out", "TIMED_OUT")]
    [InlineData("canceled", "CANCELED")]
    public void The_pill_follows_the_phase(string phase, string status) => WorkloadPhase.WorkflowStatus(phase).ShouldBe(status);
}
