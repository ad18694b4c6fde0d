using Orrery.Server.Deployments;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Deployments;

public class DeploymentStatusTests
{
    [Theory]
    [InlineData("pending", "job.accepted", "-")]
    [InlineData("pending", "job.completed", "-")]
    [InlineData("dispatched", "job.accepted", "running")]
    [InlineData("dispatched", "job.completed", "completed")]
    [InlineData("dispatched", "job.failed", "failed")]
    [InlineData("dispatched", "constellation.failover", "failed")]
    [InlineData("dispatched", "step.completed", "-")]
    [InlineData("running", "job.accepted", "-")]
    [InlineData("running", "job.completed", "completed")]
    [InlineData("running", "job.failed", "failed")]
    [InlineData("running", "constellation.failover", "failed")]
    [InlineData("completed", "job.failed", "-")]
    [InlineData("failed", "job.completed", "-")]
    [InlineData("cancelled", "job.completed", "-")]
    public void Events_move_a_deployment_as_documented(string from, string type, string expected)
    {
        var moves = DeploymentStatus.ByEvent.TryMove(from, type, out var next);
        (moves ? next : "-").ShouldBe(expected);
    }

    [Theory]
    [InlineData("step.completed", true)]
    [InlineData("isl_transfer.hop_completed", true)]
    [InlineData("a.b.c", true)]
    [InlineData("nodot", false)]
    [InlineData(".a", false)]
    [InlineData("a.", false)]
    [InlineData("a..b", false)]
    [InlineData("Step.completed", false)]
    [InlineData("step.completed2", false)]
    [InlineData("", false)]
    public void An_event_type_is_dotted_lower_case(string type, bool expected) => EventTypes.IsWellFormed(type).ShouldBe(expected);
}
