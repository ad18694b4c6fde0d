using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.Files;
using Orrery.Server.Clusters.Backends.Kubernetes.State;
using Shouldly;
using Xunit;
using Pod = Orrery.Kubernetes.Objects.Pod;

namespace Orrery.Backends.Tests;

/// <summary>Where a pod stands whose program has a container beside it.</summary>
public sealed class PodReaderTests
{
    [Theory]
    [InlineData("Running", null, null, PodPhases.Running, false)]
    [InlineData("Pending", null, 0, PodPhases.Succeeded, true)]
    [InlineData("Running", null, 0, PodPhases.Succeeded, true)]
    [InlineData("Running", null, 3, PodPhases.Failed, true)]
    [InlineData("Failed", null, 0, PodPhases.Succeeded, true)]
    [InlineData("Failed", "Evicted", 0, PodPhases.Failed, true)]
    [InlineData("Failed", "Evicted", null, PodPhases.Failed, true)]
    [InlineData("Succeeded", null, 0, PodPhases.Succeeded, true)]
    public void A_pod_stands_where_its_program_does_unless_it_was_evicted(string phase, string? reason, int? exitCode, string told, bool isOver)
    {
        var pod = Made(phase, reason, exitCode, beside: PodFolders.Keeper);
        pod.IsOver().ShouldBe(isOver);
        PodReader.Status(new TrackedWorkload("w"), pod, 0).Phase.ShouldBe(told);
    }

    [Fact]
    public void A_container_that_someone_put_beside_a_program_changes_nothing() =>
        Made("Running", null, 0, beside: "istio-proxy").IsOver().ShouldBeFalse("Kubernetes says when such a pod is over");

    [Fact]
    public void What_an_image_wrote_as_its_last_words_has_no_control_characters()
    {
        var pod = Made("Failed", null, 1, beside: PodFolders.Keeper, message: "hot\0\u001b[31m" + new string('x', 5000));
        var message = PodReader.Status(new TrackedWorkload("w"), pod, 0).Message;
        message.ShouldStartWith("hot  [31mxxx");
        message.Length.ShouldBeLessThan(1100);
    }

    private static Pod Made(string phase, string? reason, int? exitCode, string beside, string? message = null)
    {
        var ended = exitCode is { } code ? new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = code, Message = message } } : new ContainerState { Running = new ContainerStateRunning() };
        return new Pod
        {
            Metadata = new ObjectMeta { Name = "w-1-0", Uid = "u", Labels = new() { ["orrery.dev/run"] = "1" } },
            Spec = new PodSpec { Containers = [new Container { Name = "main" }, new Container { Name = beside }] },
            Status = new Orrery.Kubernetes.Objects.PodStatus { Phase = phase, Reason = reason, ContainerStatuses = [new ContainerStatus { Name = "main", State = ended }, new ContainerStatus { Name = beside }] },
        };
    }
}
